package io.handshakelab.table;

import io.handshakelab.text.Escape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A table as HTML for a notebook. All content is escaped. Colours are JupyterLab's own, so that it
 * is legible in light and dark themes; styles are inline, so that it stays so wherever the HTML
 * goes.
 */
public final class TableHtml {
  /** Rows that are shown if nothing else is said. */
  public static final int DEFAULT_ROWS = 200;

  private static final int LONG_CELL = 110;
  private static final int SHORT_PART = 90;
  private static final int LONGEST_CELL = 20_000;
  private static final int WRAPPED_CELL = 18;
  private static final int LONGEST_LINES = 1_000;

  /** Columns that stand below their row, over the whole width, since they hold sentences. */
  private static final Set<String> BELOW = Set.of("note", "summary");

  private static final int LONGEST_SENTENCE = 260;

  /** Columns for reference stand last on the page, so that the others fit on it. */
  private static final Set<String> LAST = Set.of("seq_raw", "ack_raw", "serial", "der_sha256");

  private static final String BORDER = "var(--jp-border-color2,#bbb)";
  static final String MUTED = "var(--jp-ui-font-color2,#767676)";
  static final String CELL = "padding:2px 5px;vertical-align:top;";

  private TableHtml() {}

  public static String of(Table table) {
    return of(table, DEFAULT_ROWS);
  }

  /** At most so many rows; a line below says how many are left. */
  public static String of(Table table, int maxRows) {
    if (FieldsHtml.fits(table)) {
      return FieldsHtml.of(table, maxRows == DEFAULT_ROWS ? Integer.MAX_VALUE : maxRows);
    }
    int rows = Math.min(table.rowCount(), Math.max(0, maxRows));
    String name = Escape.html(Cells.name(table));
    StringBuilder html = new StringBuilder(4096);
    html.append("<div style=\"overflow-x:auto;max-width:100%\">")
        .append("<table style=\"border-collapse:collapse;table-layout:auto;width:auto;margin:0;")
        .append("font-size:12px;line-height:1.35\">")
        .append("<caption style=\"caption-side:top;text-align:left;padding:2px 7px;color:")
        .append(MUTED)
        .append("\"><b>")
        .append(name)
        .append("</b> · ")
        .append(count(rows, table.rowCount()))
        .append("</caption>");
    List<Column<?>> columns = inOrderOfReading(table);
    header(html, table.name(), columns);
    for (int row = 0; row < rows; row++) {
      row(html, table, columns, row);
    }
    html.append("</table>");
    if (rows < table.rowCount()) {
      html.append("<div style=\"padding:2px 7px;color:").append(MUTED).append("\">… ");
      html.append(table.rowCount() - rows).append(" more rows");
      if (Meanings.isKnown(table.name())) {
        html.append(": <code>%").append(name).append(" --limit N</code> shows the first N, ");
        html.append("<code>--conn N</code> those of one connection");
      }
      html.append("</div>");
    }
    return html.append("</div>").toString();
  }

  static String count(int shown, int total) {
    if (shown < total) {
      return shown + " of " + total + " rows";
    }
    return total == 0 ? "no rows" : total == 1 ? "1 row" : total + " rows";
  }

  static List<Column<?>> inOrderOfReading(Table table) {
    List<Column<?>> columns = new ArrayList<>(table.columns());
    columns.removeIf(column -> BELOW.contains(column.name()));
    columns.sort(Comparator.comparing(column -> LAST.contains(column.name())));
    return columns;
  }

  private static void row(StringBuilder html, Table table, List<Column<?>> columns, int row) {
    html.append("<tbody><tr>");
    for (Column<?> column : columns) {
      cell(html, column, row);
    }
    html.append("</tr>");
    for (Column<?> column : table.columns()) {
      String sentence = BELOW.contains(column.name()) ? Cells.shown(column, row) : "";
      if (!sentence.isEmpty()) {
        below(html, sentence, columns.size() - 1);
      }
    }
    html.append("</tbody>\n");
  }

  private static void below(StringBuilder html, String sentence, int width) {
    html.append("<tr><td></td><td colspan=\"")
        .append(width)
        .append("\" style=\"padding:0 5px 3px;text-align:left;font-style:italic;")
        .append("overflow-wrap:anywhere\">");
    if (sentence.length() > LONGEST_SENTENCE) {
      folded(html, sentence);
    } else {
      html.append("↳ ").append(Escape.html(sentence));
    }
    html.append("</td></tr>");
  }

  static void header(StringBuilder html, String table, List<Column<?>> columns) {
    html.append("<thead><tr>");
    for (Column<?> column : columns) {
      String meaning = Meanings.of(table, column.name());
      html.append("<th style=\"").append(CELL).append("white-space:nowrap;");
      html.append("border-bottom:1px solid ").append(BORDER).append(';').append(align(column));
      html.append('"');
      if (!meaning.isEmpty()) {
        html.append(" title=\"").append(Escape.html(meaning)).append('"');
      }
      html.append('>').append(Escape.html(column.name())).append("</th>");
    }
    html.append("</tr></thead>\n");
  }

  static void cell(StringBuilder html, Column<?> column, int row) {
    String text = Cells.shown(column, row);
    html.append("<td style=\"").append(CELL).append(align(column));
    if (column.name().equals("evidence")) {
      html.append("\">");
      evidence(html, text);
    } else if (Cells.isBoolean(column)) {
      html.append("\">").append(text.equals("true") ? "✓ true" : Escape.html(text));
    } else if (isShortList(text)) {
      html.append("min-width:14em;overflow-wrap:anywhere;white-space:pre-wrap\">");
      html.append(Escape.html(text));
    } else if (text.length() > LONG_CELL) {
      html.append("min-width:14em;max-width:44em;overflow-wrap:anywhere;white-space:normal\">");
      folded(html, text);
    } else {
      boolean wraps = text.length() > WRAPPED_CELL;
      html.append(
          wraps
              ? "min-width:7em;max-width:44em;overflow-wrap:anywhere;white-space:pre-wrap\">"
              : "white-space:pre\">");
      html.append(Escape.html(text));
    }
    html.append("</td>");
  }

  /** A few lines, such as the headers of a message: they are read whole. */
  private static boolean isShortList(String text) {
    return text.length() <= LONGEST_LINES && text.indexOf('\n') > 0;
  }

  private static void folded(StringBuilder html, String text) {
    int cut = Math.min(text.length(), LONGEST_CELL);
    html.append("<details><summary>")
        .append(Escape.html(head(text.replace("\n", " ⏎ "), SHORT_PART)))
        .append("… <span style=\"color:")
        .append(MUTED)
        .append("\">(")
        .append(text.codePointCount(0, text.length()))
        .append(" characters)</span></summary><span style=\"white-space:pre-wrap\">")
        .append(Escape.html(head(text, cut)))
        .append("</span>");
    if (cut < text.length()) {
      html.append(" … ").append(text.length() - cut).append(" more characters");
    }
    html.append("</details>");
  }

  /** The beginning, without cutting a character in two. */
  private static String head(String text, int length) {
    int end = Math.min(length, text.length());
    if (end < text.length() && end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static void evidence(StringBuilder html, String text) {
    if (text.isEmpty()) {
      return;
    }
    boolean seen = !text.equals("inferred");
    html.append("<span style=\"border:1px ")
        .append(seen ? "solid" : "dashed")
        .append(' ')
        .append(seen ? colour(text) : MUTED)
        .append(";border-radius:8px;padding:0 6px;white-space:nowrap")
        .append(seen ? "" : ";font-style:italic;color:" + MUTED)
        .append("\">")
        .append(Escape.html(text))
        .append("</span>");
  }

  private static String colour(String evidence) {
    return switch (evidence) {
      case "wire" -> "var(--jp-success-color1,#388e3c)";
      case "kernel" -> "var(--jp-info-color1,#0097a7)";
      case "socket" -> "var(--jp-brand-color1,#1976d2)";
      default -> BORDER;
    };
  }

  private static String align(Column<?> column) {
    return Cells.isNumber(column)
        ? "text-align:right;font-variant-numeric:tabular-nums;"
        : "text-align:left;";
  }

  /** For tests: the columns that a table should have explained. */
  static List<String> unexplained(Table table) {
    return table.columnNames().stream()
        .filter(c -> Meanings.of(table.name(), c).isEmpty())
        .toList();
  }
}
