package io.handshakelab.chart;

import io.handshakelab.chart.Mark.Anchor;
import io.handshakelab.text.Escape;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;

/**
 * What a listening port held over time: a panel for each quantity, in it a line for each
 * simulation.
 */
final class Resources {
  static final double WIDTH = 1000;

  /** As many as there are inks. */
  static final int MOST_SERIES = 4;

  private static final double MARGIN = 24;
  private static final double LEFT = 90;
  private static final double RIGHT = 968;
  private static final double PANEL = 92;
  private static final List<Ink> INKS = List.of(Ink.HANDSHAKE, Ink.WARNING, Ink.DATA, Ink.BAD);
  private static final String TITLE = "What the server holds over time";

  /** Columns of the table, and what they count. */
  private static final Map<String, String> QUANTITIES =
      Map.ofEntries(
          Map.entry("half_open", "half-open connections: a SYN came, its handshake is not over"),
          Map.entry("established", "established connections"),
          Map.entry("memory", "memory of both, in octets"),
          Map.entry("turned_away", "SYNs turned away so far"));

  private static final List<String> ORDER =
      List.of("half_open", "established", "memory", "turned_away");

  private final List<String> names = new ArrayList<>();
  private final List<Table> tables = new ArrayList<>();
  private final Scene.Builder scene = new Scene.Builder();
  private final double span;
  private double y = 34;

  private Resources(Map<String, Table> byName) {
    double last = 0;
    for (Map.Entry<String, Table> entry : byName.entrySet()) {
      Table table = entry.getValue();
      Cells.need(table, "resources", "time", "half_open", "established", "memory", "turned_away");
      if (names.size() < MOST_SERIES) {
        names.add(entry.getKey());
        tables.add(table);
        last = table.isEmpty() ? last : Math.max(last, table.doubleColumn("time").max());
      }
    }
    span = last > 0 ? last : 1;
  }

  static Picture picture(Map<String, Table> byName) {
    Resources resources = new Resources(byName);
    return new Picture(resources.scene(), resources.text());
  }

  static Scene scene(Map<String, Table> byName) {
    return new Resources(byName).scene();
  }

  private Scene scene() {
    scene.label(MARGIN, y, TITLE, Face.TITLE, Ink.TEXT, Anchor.START);
    y += 30;
    legend();
    int panels = 0;
    for (String quantity : ORDER) {
      if (most(quantity) > 0) {
        panel(quantity);
        panels++;
      }
    }
    if (panels == 0) {
      y += 24;
      scene.label(MARGIN, y, "It held nothing at all.", Face.BODY, Ink.TEXT, Anchor.START);
    } else {
      axis();
    }
    double height = Math.ceil(y + 24);
    scene.add(new Mark.Box(0.5, 0.5, WIDTH - 1, height - 1, null, Ink.FAINT, false));
    return scene.scene(TITLE, WIDTH, height);
  }

  private void legend() {
    double x = MARGIN;
    for (int i = 0; i < names.size(); i++) {
      scene.add(new Mark.Line(x, y - 4, x + 28, y - 4, INKS.get(i), 2.4, isDashed(i)));
      String name = Face.BODY.fitted(names.get(i), 190);
      scene.label(x + 34, y, name, Face.BODY, Ink.TEXT, Anchor.START);
      x += 34 + Face.BODY.width(name) + 24;
    }
  }

  private static boolean isDashed(int series) {
    return series % 2 == 1;
  }

  private double most(String quantity) {
    double most = 0;
    for (Table table : tables) {
      for (int row = 0; row < table.rowCount(); row++) {
        most = Math.max(most, value(table, quantity, row));
      }
    }
    return most;
  }

  private static double value(Table table, String quantity, int row) {
    return ((NumericColumn<?>) table.column(quantity)).getDouble(row);
  }

  private void panel(String quantity) {
    double most = most(quantity);
    y += 30;
    String words = QUANTITIES.getOrDefault(quantity, quantity);
    scene.label(LEFT, y, words, Face.STRONG, Ink.TEXT, Anchor.START);
    double top = y + 12;
    double bottom = top + PANEL;
    scene.line(LEFT, bottom, RIGHT, bottom, Ink.RAIL, false);
    scene.line(LEFT, top, RIGHT, top, Ink.FAINT, true);
    scene.label(LEFT - 8, top + 4, number(most), Face.BODY, Ink.MUTED, Anchor.END);
    scene.label(LEFT - 8, bottom + 4, "0", Face.BODY, Ink.MUTED, Anchor.END);
    for (int i = 0; i < tables.size(); i++) {
      steps(tables.get(i), quantity, most, bottom, i);
    }
    y = bottom;
  }

  /** One line, with no more corners than there are pixels. */
  private void steps(Table table, String quantity, double most, double bottom, int series) {
    Ink ink = INKS.get(series);
    double x = LEFT;
    double now = 0;
    int row = 0;
    while (row < table.rowCount()) {
      double at = x(table, row);
      double least = now;
      double highest = now;
      double last = now;
      while (row < table.rowCount() && x(table, row) < at + 1) {
        last = value(table, quantity, row);
        least = Math.min(least, last);
        highest = Math.max(highest, last);
        row++;
      }
      line(x, y(now, most, bottom), at, y(now, most, bottom), ink, series);
      line(at, y(least, most, bottom), at, y(highest, most, bottom), ink, series);
      x = at;
      now = last;
    }
    line(x, y(now, most, bottom), RIGHT, y(now, most, bottom), ink, series);
  }

  private void line(double x1, double y1, double x2, double y2, Ink ink, int series) {
    boolean upright = x1 == x2;
    if (!upright || y1 != y2) {
      scene.add(
          new Mark.Line(x1, y1, x2, y2, ink, upright ? 1.4 : 2.4, !upright && isDashed(series)));
    }
  }

  private double x(Table table, int row) {
    return LEFT + table.doubleColumn("time").getDouble(row) / span * (RIGHT - LEFT);
  }

  private static double y(double value, double most, double bottom) {
    return bottom - value / most * PANEL;
  }

  private void axis() {
    double step = Waterfall.niceStep(span / 8);
    for (int i = 0; i * step <= span * 1.0001; i++) {
      double x = LEFT + i * step / span * (RIGHT - LEFT);
      scene.line(x, y, x, y + 5, Ink.RAIL, false);
      scene.label(x, y + 19, number(i * step), Face.BODY, Ink.MUTED, Anchor.MIDDLE);
    }
    y += 38;
    scene.label(RIGHT, y, "seconds", Face.ASIDE, Ink.MUTED, Anchor.END);
  }

  private static String number(double value) {
    return value >= 10_000
        ? String.format(Locale.ROOT, "%,.0f", value)
        : BigDecimal.valueOf(value)
            .setScale(6, RoundingMode.HALF_EVEN)
            .stripTrailingZeros()
            .toPlainString();
  }

  private String text() {
    StringBuilder out = new StringBuilder(TITLE).append('\n');
    for (int i = 0; i < tables.size(); i++) {
      Table table = tables.get(i);
      out.append(Escape.line(names.get(i))).append(": ");
      for (String quantity : ORDER) {
        double most = 0;
        for (int row = 0; row < table.rowCount(); row++) {
          most = Math.max(most, value(table, quantity, row));
        }
        double end = table.isEmpty() ? 0 : value(table, quantity, table.rowCount() - 1);
        out.append(quantity.equals(ORDER.get(0)) ? "" : ", ")
            .append(quantity.replace('_', ' '))
            .append(" at most ")
            .append(number(most))
            .append(", at the end ")
            .append(number(end));
      }
      out.append('\n');
    }
    return out.toString();
  }
}
