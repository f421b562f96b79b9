package io.handshakelab.chart;

import io.handshakelab.problem.Problem;
import java.util.Arrays;
import java.util.List;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** Reads tables that may have been cut, joined or made by hand in a notebook. */
final class Cells {
  private Cells() {}

  static void need(Table table, String chart, String... columns) {
    List<String> missing = Arrays.stream(columns).filter(c -> !table.containsColumn(c)).toList();
    if (!missing.isEmpty()) {
      throw new Problem(
          "The " + chart + " chart needs the column " + missing.get(0) + ", which is not there",
          "Give it the whole table");
    }
  }

  /** What a picture of segments takes from the {@code tcp} table. */
  static void needSegments(Table tcp, String chart) {
    need(
        tcp,
        chart,
        "frame",
        "time",
        "conn",
        "sender",
        "src",
        "dst",
        "flags",
        "seq",
        "ack",
        "len",
        "note",
        "evidence");
  }

  /** What a picture of both ends takes from the {@code states} table. */
  static void needStates(Table states, String chart) {
    need(states, chart, "conn", "time", "endpoint", "from", "event", "to", "frame", "evidence");
  }

  /** Empty where missing. */
  static String text(Row row, String column) {
    return row.isMissing(column) ? "" : row.getString(column);
  }

  static int integer(Row row, String column, int otherwise) {
    return row.isMissing(column) ? otherwise : row.getInt(column);
  }

  static boolean yes(Row row, String column) {
    return !row.isMissing(column) && row.getBoolean(column);
  }

  static boolean inferred(Row row) {
    return text(row, "evidence").equals("inferred");
  }
}
