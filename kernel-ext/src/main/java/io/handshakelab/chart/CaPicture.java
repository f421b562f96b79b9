package io.handshakelab.chart;

import io.handshakelab.chart.Mark.Anchor;
import io.handshakelab.x509.CaComparison;
import io.handshakelab.x509.CaTree;
import io.handshakelab.x509.Category;
import io.handshakelab.x509.Fate;
import java.util.List;

/** Who certified whom; and whom a leaked key takes down, beside the case without intermediates. */
final class CaPicture {
  private static final double WIDTH = 1000;
  private static final double MARGIN = 24;
  private static final double BETWEEN_PANELS = 46;
  private static final double WIDEST_BOX = 250;
  private static final int MOST_COLUMNS = 5;
  private static final int MOST_COLUMNS_BESIDE = 4;

  private CaPicture() {}

  static Scene scene(CaTree tree, List<Fate> fates) {
    Scene.Builder scene = new Scene.Builder();
    boolean judged = fates.stream().anyMatch(fate -> !fate.believed());
    List<CaOutline.Box> boxes = CaOutline.of(tree, fates, MOST_COLUMNS);
    int columns = Math.max(1, CaOutline.depth(boxes));
    double boxWidth = Math.min(WIDEST_BOX, CaLayout.boxWidth(columns, WIDTH - 2 * MARGIN));
    double width = Math.max(560, CaLayout.width(columns, boxWidth) + 2 * MARGIN);
    String title = "Who certified whom";
    scene.label(MARGIN, 34, title, Face.TITLE, Ink.TEXT, Anchor.START);
    double bottom = new CaLayout(scene, boxWidth, judged).draw(boxes, MARGIN, 54);
    if (boxes.isEmpty()) {
      bottom = 70;
      scene.label(MARGIN, 66, "There are no certificates.", Face.BODY, Ink.TEXT, Anchor.START);
    }
    double end =
        judged ? judgements(scene, bottom + 24, false, true) : categories(scene, bottom + 24);
    return framed(scene, title, width, end);
  }

  static Scene scene(CaComparison comparison) {
    Scene.Builder scene = new Scene.Builder();
    List<CaOutline.Box> boxes =
        CaOutline.of(comparison.tree(), comparison.leak().fates(), MOST_COLUMNS_BESIDE);
    List<CaOutline.Box> flat = CaOutline.of(comparison);
    int columns = Math.max(1, CaOutline.depth(boxes));
    int beside = Math.max(1, CaOutline.depth(flat));
    double room = WIDTH - 2 * MARGIN - BETWEEN_PANELS + CaLayout.GAP;
    // The gap between the panels takes the place of one between columns.
    double boxWidth = CaLayout.boxWidth(columns + beside, room);
    double left = CaLayout.width(columns, boxWidth);
    double right = MARGIN + left + BETWEEN_PANELS;
    String title = "The key of " + comparison.leak().name() + " has leaked";
    scene.label(
        MARGIN,
        34,
        Face.TITLE.fitted(title, WIDTH - 2 * MARGIN),
        Face.TITLE,
        Ink.TEXT,
        Anchor.START);
    List<CaComparison.Row> rows = comparison.rows();
    String lost = rows.get(1).asItIs() + " end users fall";
    String flatLost = rows.get(1).rootAlone() + " end users fall";
    heading(scene, MARGIN, left, "As it is", lost);
    heading(
        scene,
        right,
        CaLayout.width(beside, boxWidth),
        "If the root had issued all itself",
        flatLost);
    CaLayout layout = new CaLayout(scene, boxWidth, true);
    double top = 100;
    double bottom = Math.max(layout.draw(boxes, MARGIN, top), layout.draw(flat, right, top));
    double rule = right - BETWEEN_PANELS / 2;
    scene.line(rule, 50, rule, bottom, Ink.FAINT, false);
    boolean revoked = comparison.tree().nodes().stream().anyMatch(n -> n.revoked() != null);
    return framed(scene, title, WIDTH, judgements(scene, bottom + 24, true, revoked));
  }

  private static void heading(
      Scene.Builder scene, double x, double width, String what, String count) {
    scene.label(x, 64, Face.STRONG.fitted(what, width), Face.STRONG, Ink.TEXT, Anchor.START);
    scene.label(x, 82, Face.BODY.fitted(count, width), Face.BODY, Ink.MUTED, Anchor.START);
  }

  private static double categories(Scene.Builder scene, double y) {
    double x = MARGIN;
    for (Category category : Category.values()) {
      x = legend(scene, x, y, CaLayout.fill(category), false, category.label());
    }
    return y + 16;
  }

  private static double judgements(Scene.Builder scene, double y, boolean lost, boolean revoked) {
    double x = legend(scene, MARGIN, y, Ink.STATE_OPEN, false, "can be believed");
    if (lost) {
      x = legend(scene, x, y, Ink.STATE_CLOSING, true, "can no longer be believed");
    }
    if (revoked) {
      legend(scene, x, y, Ink.STATE_NONE, true, "revoked, or below one that is");
    }
    return y + 16;
  }

  private static double legend(
      Scene.Builder scene, double x, double y, Ink fill, boolean lost, String text) {
    scene.add(new Mark.Box(x, y - 10, 26, 12, fill, lost ? Ink.BAD : Ink.RAIL, lost));
    scene.label(x + 34, y, text, Face.BODY, Ink.TEXT, Anchor.START);
    return x + 34 + Face.BODY.width(text) + 24;
  }

  private static Scene framed(Scene.Builder scene, String title, double width, double height) {
    scene.add(new Mark.Box(0.5, 0.5, width - 1, height - 1, null, Ink.FAINT, false));
    return scene.scene(title, width, height);
  }
}
