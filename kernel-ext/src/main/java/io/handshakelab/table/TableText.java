package io.handshakelab.table;

import io.handshakelab.text.Escape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Aligned columns for a terminal. */
final class TableText {
  private static final int GAP = 2;
  private static final int NARROWEST = 24;

  private TableText() {}

  static void write(Table table, Appendable out, int width, int maxRows) throws IOException {
    int rows = Math.min(table.rowCount(), Math.max(0, maxRows));
    List<Column<?>> columns = table.columns();
    List<String[]> cells = new ArrayList<>();
    int[] widths = new int[columns.size()];
    for (int c = 0; c < widths.length; c++) {
      String[] texts = new String[rows + 1];
      texts[0] = Escape.line(columns.get(c).name());
      for (int row = 0; row < rows; row++) {
        texts[row + 1] = Escape.line(Cells.shown(columns.get(c), row));
      }
      for (String text : texts) {
        widths[c] = Math.max(widths[c], length(text));
      }
      cells.add(texts);
    }
    fit(widths, columns, width);
    for (int row = 0; row <= rows; row++) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < widths.length; c++) {
        String text = shortened(cells.get(c)[row], widths[c]);
        String padding = " ".repeat(widths[c] - length(text));
        boolean right = Cells.isNumber(columns.get(c));
        line.append(c == 0 ? "" : " ".repeat(GAP));
        line.append(right ? padding + text : text + padding);
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    if (rows < table.rowCount()) {
      int left = table.rowCount() - rows;
      out.append("… ").append(String.valueOf(left)).append(left == 1 ? " more row" : " more rows");
      out.append('\n');
    }
  }

  /** Takes from the widest text column until the line fits or all of them are narrow. */
  private static void fit(int[] widths, List<Column<?>> columns, int width) {
    int total = GAP * (widths.length - 1);
    for (int w : widths) {
      total += w;
    }
    while (total > width) {
      int widest = -1;
      for (int c = 0; c < widths.length; c++) {
        int least = Math.max(NARROWEST, length(columns.get(c).name()));
        boolean canShrink = !Cells.isNumber(columns.get(c)) && widths[c] > least;
        if (canShrink && (widest < 0 || widths[c] > widths[widest])) {
          widest = c;
        }
      }
      if (widest < 0) {
        return;
      }
      widths[widest]--;
      total--;
    }
  }

  /** Words lose their end; numbers and hexadecimal without spaces lose their middle. */
  static String shortened(String text, int width) {
    int length = length(text);
    if (length <= width) {
      return text;
    }
    int kept = Math.max(0, width - 1);
    int head = text.indexOf(' ') >= 0 ? kept : (kept + 1) / 2;
    return text.substring(0, text.offsetByCodePoints(0, head))
        + "…"
        + text.substring(text.offsetByCodePoints(0, length - (kept - head)));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
