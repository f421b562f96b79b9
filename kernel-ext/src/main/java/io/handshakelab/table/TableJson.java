package io.handshakelab.table;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** JSON (RFC 8259): one array of objects, one object on each line. */
final class TableJson {
  private TableJson() {}

  static void write(Table table, Appendable out) throws IOException {
    List<Column<?>> columns = table.columns();
    out.append('[');
    for (int row = 0; row < table.rowCount(); row++) {
      out.append(row == 0 ? "\n{" : ",\n{");
      boolean first = true;
      for (Column<?> column : columns) {
        String value = Cells.exact(column, row);
        if (value == null) {
          continue;
        }
        if (!first) {
          out.append(',');
        }
        first = false;
        string(column.name(), out);
        out.append(':');
        if (Cells.isNumber(column) || Cells.isBoolean(column)) {
          out.append(value);
        } else {
          string(value, out);
        }
      }
      out.append('}');
    }
    out.append(table.rowCount() == 0 ? "]\n" : "\n]\n");
  }

  /**
   * The text exactly (§7). What could play tricks on a terminal or is no character by itself is
   * written by its UTF-16 code units.
   */
  static void string(String text, Appendable out) throws IOException {
    out.append('"');
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int units = Character.charCount(c);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          for (int unit = i; unit < i + units; unit++) {
            if (safe(c)) {
              out.append(text.charAt(unit));
            } else {
              out.append(String.format(Locale.ROOT, "\\u%04x", (int) text.charAt(unit)));
            }
          }
        }
      }
      i += units;
    }
    out.append('"');
  }

  private static boolean safe(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
