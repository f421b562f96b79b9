package io.handshakelab.table;

import io.handshakelab.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.Table;

/**
 * A row of the table {@code fields} with the bytes that it stands for.
 *
 * @param row its number in the table
 * @param title what is shown beside the pointer
 * @param colour name of its style
 */
record FieldBytes(int row, int offset, Bytes bytes, String path, String title, String colour) {
  private static final int LONGEST_TITLE = 160;

  static List<FieldBytes> of(Table table) {
    List<FieldBytes> fields = new ArrayList<>(table.rowCount());
    String lastPart = "";
    int part = -1;
    for (int row = 0; row < table.rowCount(); row++) {
      String path = table.stringColumn("path").get(row);
      String value = table.stringColumn("value").get(row);
      if (!part(path).equals(lastPart) || part < 0) {
        lastPart = part(path);
        part++;
      }
      String title = path + " = " + value;
      fields.add(
          new FieldBytes(
              row,
              table.intColumn("offset").get(row),
              bytes(table.stringColumn("hex").get(row)),
              path,
              title.length() > LONGEST_TITLE ? title.substring(0, LONGEST_TITLE) + "…" : title,
              FieldsHtml.colour(part, depth(path))));
    }
    return fields;
  }

  int end() {
    return offset + bytes.length();
  }

  private static Bytes bytes(String hex) {
    try {
      return Bytes.fromHex(hex);
    } catch (IllegalArgumentException e) {
      // Somebody has changed the column.
      return Bytes.EMPTY;
    }
  }

  /** As much of the path as makes one part of the message: what belongs together has one colour. */
  private static String part(String path) {
    int inside = path.indexOf(".tbs_certificate.");
    int start = inside < 0 ? path.indexOf('.') : inside + ".tbs_certificate".length();
    int end = path.indexOf('.', start + 1);
    String part = end < 0 ? path : path.substring(0, end);
    // cipher_suites.length and cipher_suites[3] belong together; extensions do not.
    int bracket = part.indexOf('[', start + 1);
    return bracket > 0 && end < 0 ? part.substring(0, bracket) : part;
  }

  private static int depth(String path) {
    int dots = 0;
    for (int i = 0; i < path.length(); i++) {
      dots += path.charAt(i) == '.' ? 1 : 0;
    }
    return dots;
  }
}
