package io.handshakelab.table;

import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.util.Locale;
import tech.tablesaw.api.Table;

/** Ways to write a table as text. */
public enum TableFormat {
  /** Aligned columns for a terminal; long cells are shortened. */
  TEXT {
    @Override
    public void write(Table table, Appendable out) throws IOException {
      TableText.write(table, out, DEFAULT_WIDTH, Integer.MAX_VALUE);
    }
  },
  /**
   * RFC 4180, with a header line. Control characters other than line breaks have no place there
   * (§2), so they are shown by their number; JSON has the exact text.
   */
  CSV {
    @Override
    public void write(Table table, Appendable out) throws IOException {
      TableCsv.write(table, out);
    }
  },
  /**
   * RFC 8259: one array of objects with the columns' names as keys; missing values are left out.
   */
  JSON {
    @Override
    public void write(Table table, Appendable out) throws IOException {
      TableJson.write(table, out);
    }
  };

  /** Columns of a terminal that text is made for, if nothing else is said. */
  public static final int DEFAULT_WIDTH = 160;

  /** Writes the table, with a line break at its end. */
  public abstract void write(Table table, Appendable out) throws IOException;

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
    StringBuilder out = new StringBuilder();
    try {
      TableText.write(table, out, width, maxRows);
    } catch (IOException e) {
      throw new AssertionError("a StringBuilder does not fail", e);
    }
    return out.toString();
  }
}
