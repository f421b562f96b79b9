package io.handshakelab.table;

import io.handshakelab.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tech.tablesaw.api.Table;

/** Ways to write a table as text. */
public enum TableFormat {
  /** Aligned columns for a terminal; long cells are shortened. */
  TEXT {
    @Override
    void write(Listing listing, ByteOutput out) {
      TableText.write(listing, out, DEFAULT_WIDTH);
    }
  },
  /**
   * RFC 4180, with a header line. Control characters other than line breaks have no place there
   * (§2), so they are shown by their number; JSON has the exact text.
   */
  CSV {
    @Override
    void write(Listing listing, ByteOutput out) {
      TableCsv.write(listing, out);
    }
  },
  /**
   * RFC 8259: one array of objects with the columns' names as keys; missing values are left out.
   */
  JSON {
    @Override
    void write(Listing listing, ByteOutput out) {
      TableJson.write(listing, out);
    }
  };

  /** Columns of a terminal that text is made for, if nothing else is said. */
  public static final int DEFAULT_WIDTH = 160;

  /** Writes all of it, with a line break at its end. */
  abstract void write(Listing listing, ByteOutput out);

  /** By its name in small letters, as on the command line. */
  public static TableFormat of(String name) {
    return switch (name) {
      case "text" -> TEXT;
      case "csv" -> CSV;
      case "json" -> JSON;
      default ->
          throw new Problem(
              "There is no table format called " + name, "Take --format text, csv or json");
    };
  }

  /** As on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * As aligned columns.
   *
   * @param width of the terminal; lines become longer only where names and numbers alone are
   * @param maxRows rows to show; a last line says how many are left
   */
  public static String text(Table table, int width, int maxRows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteOutput out = new ByteOutput(bytes);
    int shown = Math.max(0, maxRows);
    TableText.write(new TableListing(table).choose(null, shown), out, width);
    TableText.rest(table.rowCount() - shown, out);
    out.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
