package io.handshakelab.chart;

import io.handshakelab.chart.Mark.Anchor;
import io.handshakelab.text.Escape;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** The phases of a visit as bars over time, each below the one before. */
final class Waterfall {
  private static final int MOST_BARS = 60;
  private static final double WIDTH = 1000;
  private static final double LEFT = 24;
  private static final double PLOT_LEFT = 190;
  private static final double PLOT_RIGHT = 960;
  private static final double ROW = 30;
  private static final double BAR = 18;
  private static final double NARROWEST_BAR = 2;
  private static final int TEXT_WIDTH = 60;

  private final List<Bar> bars = new ArrayList<>();
  private final int left;
  private final double origin;
  private final double span;

  private record Bar(
      String name, double start, double end, String label, boolean inferred, Ink ink) {}

  private Waterfall(Table timings) {
    Cells.need(
        timings, "waterfall", "conn", "phase", "start", "end", "ms", "round_trips", "evidence");
    double first = Double.POSITIVE_INFINITY;
    double last = Double.NEGATIVE_INFINITY;
    int more = 0;
    for (Row row : timings) {
      if (row.isMissing("start") || row.isMissing("end")) {
        continue;
      }
      if (bars.size() == MOST_BARS) {
        more++;
        continue;
      }
      Bar bar = bar(row);
      bars.add(bar);
      first = Math.min(first, bar.start());
      last = Math.max(last, bar.end());
    }
    left = more;
    origin = bars.isEmpty() ? 0 : first;
    span = last > first ? last - first : 0.001;
  }

  static Picture picture(Table timings) {
    Waterfall waterfall = new Waterfall(timings);
    return new Picture(waterfall.scene(), waterfall.text());
  }

  static Scene scene(Table timings) {
    return new Waterfall(timings).scene();
  }

  private static Bar bar(Row row) {
    String phase = Cells.text(row, "phase");
    String conn = row.isMissing("conn") ? "" : " · conn " + row.getInt("conn");
    String label =
        String.format(
            Locale.ROOT, "%.3f ms", (row.getDouble("end") - row.getDouble("start")) * 1e3);
    if (!row.isMissing("round_trips")) {
      double trips = row.getDouble("round_trips");
      String number = BigDecimal.valueOf(trips).stripTrailingZeros().toPlainString();
      label += " · " + number + (trips == 1 ? " round trip" : " round trips");
    }
    boolean inferred = Cells.inferred(row);
    return new Bar(
        phase.replace('_', ' ') + conn,
        row.getDouble("start"),
        Math.max(row.getDouble("start"), row.getDouble("end")),
        inferred ? label + " (inferred)" : label,
        inferred,
        ink(phase));
  }

  private static Ink ink(String phase) {
    return switch (phase) {
      case "dns" -> Ink.BAR_NAME;
      case "tcp", "close" -> Ink.BAR_TCP;
      case "tls" -> Ink.BAR_TLS;
      default -> Ink.BAR_HTTP;
    };
  }

  private double x(double time) {
    return PLOT_LEFT + (time - origin) / span * (PLOT_RIGHT - PLOT_LEFT);
  }

  private Scene scene() {
    Scene.Builder scene = new Scene.Builder();
    String title = "Where the time of the visit goes";
    scene.label(LEFT, 34, title, Face.TITLE, Ink.TEXT, Anchor.START);
    double top = 56;
    double bottom = top + ROW * bars.size() + 6;
    axis(scene, top, bottom);
    double y = top + 4;
    for (Bar bar : bars) {
      bar(scene, bar, y);
      y += ROW;
    }
    double height = bottom + 46;
    String below =
        bars.isEmpty()
            ? "There is no phase to show."
            : left > 0 ? "… " + left + " more phases are not shown here" : "";
    if (bars.stream().anyMatch(Bar::inferred)) {
      scene.hatch(LEFT, height - 20, 26, 12, Ink.MUTED);
      scene.add(new Mark.Box(LEFT, height - 20, 26, 12, null, Ink.MUTED, true));
      scene.label(LEFT + 34, height - 10, "inferred", Face.BODY, Ink.TEXT, Anchor.START);
    }
    scene.label(PLOT_LEFT, height - 10, below, Face.ASIDE, Ink.WARNING, Anchor.START);
    scene.label(
        PLOT_RIGHT,
        height - 10,
        "ms since the first phase began",
        Face.ASIDE,
        Ink.MUTED,
        Anchor.END);
    scene.add(new Mark.Box(0.5, 0.5, WIDTH - 1, height - 1, null, Ink.FAINT, false));
    return scene.scene(title, WIDTH, height);
  }

  private void axis(Scene.Builder scene, double top, double bottom) {
    double step = niceStep(span * 1000 / 8) / 1000;
    for (int i = 0; i * step <= span * 1.0001; i++) {
      double x = x(origin + i * step);
      scene.add(new Mark.Line(x, top, x, bottom, Ink.FAINT, 1, false));
      String number =
          BigDecimal.valueOf(i * step * 1000)
              .setScale(6, RoundingMode.HALF_EVEN)
              .stripTrailingZeros()
              .toPlainString();
      scene.label(x, bottom + 15, number, Face.BODY, Ink.MUTED, Anchor.MIDDLE);
    }
    scene.line(PLOT_LEFT, bottom, PLOT_RIGHT, bottom, Ink.RAIL, false);
  }

  /** 1, 2 or 5 times a power of ten, at least as much as asked for. */
  static double niceStep(double atLeast) {
    double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= atLeast) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private void bar(Scene.Builder scene, Bar bar, double y) {
    double from = x(bar.start());
    double width = Math.max(NARROWEST_BAR, x(bar.end()) - from);
    double baseline = y + BAR - 5;
    scene.label(
        PLOT_LEFT - 12,
        baseline,
        Face.BODY.fitted(Escape.line(bar.name()), PLOT_LEFT - LEFT - 12),
        Face.BODY,
        Ink.TEXT,
        Anchor.END);
    if (bar.inferred()) {
      scene.add(new Mark.Box(from, y, width, BAR, Ink.PAPER, null, false));
      scene.hatch(from, y, width, BAR, bar.ink());
      scene.add(new Mark.Box(from, y, width, BAR, null, bar.ink(), true));
    } else {
      scene.add(new Mark.Box(from, y, width, BAR, bar.ink(), null, false));
    }
    double room = Face.BODY.width(bar.label()) + 16;
    if (from + width + room <= WIDTH - 6) {
      paperBehind(scene, from + width + 5, y, room - 10);
      scene.label(from + width + 8, baseline, bar.label(), Face.BODY, Ink.TEXT, Anchor.START);
    } else if (from - room >= PLOT_LEFT) {
      paperBehind(scene, from - room + 5, y, room - 10);
      scene.label(from - 8, baseline, bar.label(), Face.BODY, Ink.TEXT, Anchor.END);
    } else {
      if (bar.inferred()) {
        paperBehind(scene, from + 5, y + 1, room - 10);
      }
      scene.label(from + 8, baseline, bar.label(), Face.BODY, Ink.TEXT, Anchor.START);
    }
  }

  /** So that no line of the axis runs through letters. */
  private static void paperBehind(Scene.Builder scene, double x, double y, double width) {
    scene.add(new Mark.Box(x, y, width, BAR - 2, Ink.PAPER, null, false));
  }

  private String text() {
    StringBuilder out = new StringBuilder();
    for (Bar bar : bars) {
      int from = (int) Math.round((bar.start() - origin) / span * TEXT_WIDTH);
      int to = (int) Math.round((bar.end() - origin) / span * TEXT_WIDTH);
      String line = (bar.inferred() ? "░" : "█").repeat(Math.max(1, to - from));
      out.append(
              String.format(
                  Locale.ROOT,
                  "%-20s %-" + (TEXT_WIDTH + 1) + "s %s",
                  Escape.line(bar.name()),
                  " ".repeat(from) + line,
                  bar.label()))
          .append('\n');
    }
    if (bars.isEmpty()) {
      out.append("There is no phase to show.\n");
    }
    return left == 0 ? out.toString() : out + "… " + left + " more phases\n";
  }
}
