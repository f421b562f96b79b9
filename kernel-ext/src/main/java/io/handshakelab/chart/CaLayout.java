package io.handshakelab.chart;

import io.handshakelab.chart.Mark.Anchor;
import io.handshakelab.text.Escape;
import io.handshakelab.x509.Category;
import io.handshakelab.x509.Fate;
import java.util.ArrayList;
import java.util.List;

/** Boxes from left to right, each issuer in the middle of those whom it has certified. */
final class CaLayout {
  static final double LINE = 16;
  private static final double PADDING = 8;
  private static final double BETWEEN = 8;
  static final double GAP = 30;
  private static final double SIGN = 16;
  private static final int MOST_LINES = 3;

  private final Scene.Builder scene;
  private final double boxWidth;
  private final boolean judged;

  /**
   * @param boxWidth of one column
   * @param judged whether it matters what became of each
   */
  CaLayout(Scene.Builder scene, double boxWidth, boolean judged) {
    this.scene = scene;
    this.boxWidth = boxWidth;
    this.judged = judged;
  }

  /** The width of so many columns. */
  static double width(int columns, double boxWidth) {
    return columns * boxWidth + (columns - 1) * GAP;
  }

  /** The width of a box if so many columns share a room. */
  static double boxWidth(int columns, double room) {
    return (room - (columns - 1) * GAP) / columns;
  }

  /** Draws them from this corner on; gives where they end below. */
  double draw(List<CaOutline.Box> boxes, double left, double top) {
    double y = top;
    for (CaOutline.Box box : boxes) {
      draw(box, left, y);
      y += height(box);
    }
    return y - BETWEEN;
  }

  /** Gives the height of the middle of the box. */
  private double draw(CaOutline.Box box, double left, double top) {
    double below = box.children().stream().mapToDouble(this::height).sum();
    double y = top + (height(box) - below) / 2;
    List<Double> ends = new ArrayList<>();
    for (CaOutline.Box child : box.children()) {
      ends.add(draw(child, left + boxWidth + GAP, y));
      y += height(child);
    }
    double middle =
        ends.isEmpty()
            ? top + (height(box) - BETWEEN) / 2
            : (ends.get(0) + ends.get(ends.size() - 1)) / 2;
    for (int i = 0; i < ends.size(); i++) {
      elbow(left + boxWidth, middle, ends.get(i), box.children().get(i).fate());
    }
    frame(box, left, middle);
    return middle;
  }

  private void elbow(double from, double startY, double endY, Fate fate) {
    boolean lost = judged && !fate.believed();
    Ink ink = lost ? Ink.BAD : Ink.RAIL;
    double bend = from + GAP / 2;
    scene.line(from, startY, bend, startY, Ink.RAIL, false);
    if (startY != endY) {
      scene.line(bend, startY, bend, endY, Ink.RAIL, false);
    }
    scene.line(bend, endY, from + GAP, endY, ink, lost);
  }

  private void frame(CaOutline.Box box, double left, double middle) {
    double height = boxHeight(box);
    double top = middle - height / 2;
    boolean lost = judged && !box.fate().believed();
    scene.add(
        new Mark.Box(left, top, boxWidth, height, fill(box), lost ? Ink.BAD : Ink.RAIL, lost));
    double textLeft = left + PADDING;
    if (judged) {
      sign(textLeft, top + LINE - 4, lost);
      textLeft += SIGN;
    }
    double baseline = top + LINE;
    Face face = box.category() == null ? Face.ASIDE : Face.BODY;
    for (String line : lines(box)) {
      scene.label(textLeft, baseline, line, face, Ink.TEXT, Anchor.START);
      baseline += LINE;
    }
    if (!box.note().isEmpty()) {
      String note = Face.ASIDE.fitted(box.note(), room());
      scene.label(textLeft, baseline, note, Face.ASIDE, lost ? Ink.BAD : Ink.MUTED, Anchor.START);
    }
  }

  /** A tick or a cross. */
  private void sign(double x, double y, boolean lost) {
    if (lost) {
      scene.line(x, y - 8, x + 8, y, Ink.BAD, false).line(x, y, x + 8, y - 8, Ink.BAD, false);
    } else {
      scene.line(x, y - 4, x + 3, y, Ink.DATA, false).line(x + 3, y, x + 9, y - 8, Ink.DATA, false);
    }
  }

  /** In which colour a box is filled; the legend shows the same. */
  static Ink fill(Category category) {
    return switch (category) {
      case ROOT -> Ink.STATE_WAITING;
      case INTERMEDIATE -> Ink.STATE_OPENING;
      case END_USER -> Ink.STATE_NONE;
    };
  }

  private Ink fill(CaOutline.Box box) {
    Category category = box.category();
    if (!judged) {
      return category == null ? Ink.PAPER : fill(category);
    }
    return switch (box.fate()) {
      case GOOD -> Ink.STATE_OPEN;
      case LEAKED, BELOW_LEAKED -> Ink.STATE_CLOSING;
      case REVOKED, BELOW_REVOKED -> Ink.STATE_NONE;
    };
  }

  private double room() {
    return boxWidth - 2 * PADDING - (judged ? SIGN : 0);
  }

  private double boxHeight(CaOutline.Box box) {
    return LINE * (lines(box).size() + (box.note().isEmpty() ? 0 : 1)) + PADDING;
  }

  /** With the room to the next one below. */
  private double height(CaOutline.Box box) {
    double below = box.children().stream().mapToDouble(this::height).sum();
    return Math.max(boxHeight(box) + BETWEEN, below);
  }

  /** The name in one line or two, broken where it may be. */
  private List<String> lines(CaOutline.Box box) {
    Face face = box.category() == null ? Face.ASIDE : Face.BODY;
    String name = Escape.line(box.name());
    List<String> lines = new ArrayList<>();
    while (lines.size() < MOST_LINES - 1 && name.length() < 500 && face.width(name) > room()) {
      int at = lastBreak(face, name);
      if (at <= 0) {
        break;
      }
      lines.add(name.substring(0, at).stripTrailing());
      name = name.substring(at).stripLeading();
    }
    lines.add(face.fitted(name, room()));
    return lines;
  }

  /** The last place after a space, full stop, comma or hyphen up to which the text fits. */
  private int lastBreak(Face face, String text) {
    int found = 0;
    for (int i = 1; i < text.length(); i++) {
      char before = text.charAt(i - 1);
      boolean may = before == ' ' || before == '.' || before == ',' || before == '-';
      if (may && face.width(text.substring(0, i).stripTrailing()) <= room()) {
        found = i;
      }
    }
    return found;
  }
}
