package io.handshakelab.table;

import io.handshakelab.text.Escape;
import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * The fields of a message below a dump of its bytes. Pointing at a row marks its bytes, pointing at
 * bytes marks their row; each also comes into sight if it is scrolled away. It is done with style
 * rules alone, since notebooks let no script through; where they let no rules through either, a
 * plain dump and a plain table are left.
 */
final class FieldsHtml {
  private static final List<String> NEEDED = List.of("path", "offset", "length", "hex", "value");
  private static final int HUES = 6;
  private static final int MOST_DEPTHS = 4;
  private static final int FIRST_HUE = 210;
  private static final int MOST_HEX = 16;

  /** More rows than that, with a rule each, make a browser slow. */
  private static final int MOST_ROWS = 1_000;

  private FieldsHtml() {}

  /** Whether the table is the fields of one message, or some of them. */
  static boolean fits(Table table) {
    return "fields".equals(table.name())
        && table.rowCount() > 0
        && table.columnNames().containsAll(NEEDED)
        && table.column("offset") instanceof IntColumn
        && table.column("length") instanceof IntColumn
        && table.column("path") instanceof StringColumn
        && table.column("hex") instanceof StringColumn;
  }

  static String of(Table table, int maxRows) {
    int rows = Math.min(table.rowCount(), Math.min(MOST_ROWS, Math.max(0, maxRows)));
    List<FieldBytes> fields = FieldBytes.of(table);
    String id = "hl-fields-" + Integer.toHexString(identity(table));
    StringBuilder html = new StringBuilder(64 * 1024);
    html.append("<div id=\"").append(id).append("\" class=\"hl-fields\">");
    style(html, id, rows);
    html.append("<div style=\"padding:2px 7px;font-size:12px;color:")
        .append(TableHtml.MUTED)
        .append("\">");
    html.append("<b>fields</b> · ").append(message(table));
    html.append(TableHtml.count(rows, table.rowCount()));
    html.append(" · Point at bytes or at a row: each marks the other.</div>");
    html.append("<div class=\"hl-dump\" style=\"overflow:auto;max-height:19em;padding:2px 7px;");
    html.append("white-space:pre;font-size:12px;line-height:1.5;");
    html.append("font-family:var(--jp-code-font-family,monospace),monospace\">");
    HexDump.write(html, fields);
    html.append("</div><div class=\"hl-rows\" style=\"overflow:auto;max-height:34em\">");
    table(html, table, fields, rows);
    html.append("</div>");
    if (rows < table.rowCount()) {
      html.append("<div style=\"padding:2px 7px;color:").append(TableHtml.MUTED).append("\">… ");
      html.append(table.rowCount() - rows).append(" more rows</div>");
    }
    return html.append("</div>").toString();
  }

  private static void table(StringBuilder html, Table table, List<FieldBytes> fields, int rows) {
    html.append(
        "<table"
            + " style=\"border-collapse:collapse;table-layout:auto;width:100%;margin:0;font-size:12px;");
    html.append("line-height:1.35\">");
    List<Column<?>> columns = new ArrayList<>(TableHtml.inOrderOfReading(table));
    columns.removeIf(column -> column.name().equals("message"));
    TableHtml.header(html, table.name(), columns);
    html.append("<tbody>");
    for (int row = 0; row < rows; row++) {
      FieldBytes field = fields.get(row);
      html.append("<tr class=\"hl-f").append(row).append("\" tabindex=\"0\">");
      for (Column<?> column : columns) {
        cell(html, column, row, field);
      }
      html.append("</tr>\n");
    }
    html.append("</tbody></table>");
  }

  private static void cell(StringBuilder html, Column<?> column, int row, FieldBytes field) {
    switch (column.name()) {
      case "path" -> path(html, field);
      case "hex" -> {
        // All of them stand in the dump.
        String hex = Cells.shown(column, row);
        begin(html, "white-space:nowrap;font-family:var(--jp-code-font-family,monospace)");
        html.append(Escape.html(hex.length() > MOST_HEX ? hex.substring(0, MOST_HEX) + "…" : hex));
        html.append("</td>");
      }
      case "meaning" -> {
        begin(html, "min-width:16em;overflow-wrap:break-word");
        html.append(Escape.html(Cells.shown(column, row))).append("</td>");
      }
      default -> TableHtml.cell(html, column, row);
    }
  }

  /** The last part is the field's own name; what is before it says where it lies. */
  private static void path(StringBuilder html, FieldBytes field) {
    int dot = field.path().lastIndexOf('.');
    html.append("<td class=\"").append(field.colour());
    html.append("\" style=\"").append(TableHtml.CELL);
    html.append("text-align:left;min-width:15em;overflow-wrap:break-word\">");
    html.append("<span style=\"color:").append(TableHtml.MUTED).append("\">");
    html.append(breakable(field.path().substring(0, dot + 1))).append("</span>");
    html.append(breakable(field.path().substring(dot + 1))).append("</td>");
  }

  /** Lines may break behind dots and between words. */
  private static String breakable(String path) {
    return Escape.html(path).replace(".", ".<wbr/>").replace("_", "_<wbr/>");
  }

  private static void begin(StringBuilder html, String style) {
    html.append("<td style=\"").append(TableHtml.CELL).append("text-align:left;");
    html.append(style).append("\">");
  }

  private static void style(StringBuilder html, String id, int rows) {
    html.append("<style>");
    for (int hue = 0; hue < HUES; hue++) {
      for (int depth = 1; depth <= MOST_DEPTHS; depth++) {
        html.append('#').append(id).append(" .hl-c").append(hue).append(depth);
        html.append("{background:hsla(").append((FIRST_HUE + hue * 360 / HUES) % 360);
        html.append(",75%,50%,.").append(8 + 7 * depth).append(")}\n");
      }
    }
    html.append('#').append(id).append(" .hl-b{box-shadow:inset 1px 0 0 ");
    html.append(TableHtml.MUTED).append("}\n");
    html.append('#').append(id).append(" .hl-dump b{font-weight:normal}\n");
    for (int row = 0; row < rows; row++) {
      String field = ".hl-f" + row;
      String pointed = "#" + id + ":has(" + field + ":is(:hover,:focus)) ";
      html.append(pointed).append(field).append("{background:#ffd54a;color:#000}\n");
      // What is marked comes into sight, at the edge of what can be scrolled.
      html.append(pointed).append(":is(tr").append(field).append(",.hl-s").append(row);
      html.append("){position:sticky;top:0;bottom:0;z-index:1}\n");
    }
    html.append('#').append(id).append(" tr:is(:hover,:focus) *{color:#000 !important}");
    html.append("</style>");
  }

  /** Which one it is: the same in every row. */
  private static String message(Table table) {
    int column = table.columnNames().indexOf("message");
    return column < 0 ? "" : "message " + Escape.html(Cells.shown(table.column(column), 0)) + " · ";
  }

  /** The same content has the same name, so that a notebook that runs again does not change. */
  private static int identity(Table table) {
    int hash = 17;
    for (String column : NEEDED) {
      hash = 31 * hash + table.column(column).asObjectArray().length;
      for (int row = 0; row < table.rowCount(); row++) {
        hash = 31 * hash + table.getUnformatted(row, table.columnIndex(column)).hashCode();
      }
    }
    return hash;
  }

  /** The hue by the part of the message, the strength by how deep the field lies in it. */
  static String colour(int part, int depth) {
    return "hl-c" + part % HUES + Math.max(1, Math.min(MOST_DEPTHS, depth));
  }
}
