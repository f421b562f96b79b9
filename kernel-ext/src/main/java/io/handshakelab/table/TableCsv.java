package io.handshakelab.table;

import io.handshakelab.text.Escape;
import java.io.IOException;
import java.util.List;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Comma-separated values (RFC 4180). */
final class TableCsv {
  private TableCsv() {}

  static void write(Table table, Appendable out) throws IOException {
    List<Column<?>> columns = table.columns();
    for (int i = 0; i < columns.size(); i++) {
      out.append(i == 0 ? "" : ",").append(quoted(columns.get(i).name()));
    }
    out.append("\r\n");
    for (int row = 0; row < table.rowCount(); row++) {
      for (int i = 0; i < columns.size(); i++) {
        String value = Cells.exact(columns.get(i), row);
        out.append(i == 0 ? "" : ",").append(value == null ? "" : quoted(value));
      }
      out.append("\r\n");
    }
  }

  private static String quoted(String text) {
    String safe = Escape.visible(text);
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\t');
    return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
