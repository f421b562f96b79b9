package io.handshakelab.magic;

import io.handshakelab.capture.Capture;
import io.handshakelab.table.Listings;
import io.handshakelab.table.TableFormat;
import io.handshakelab.text.Escape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tech.tablesaw.api.Table;

/** How values look in a shell. */
public final class ShellText {
  private ShellText() {}

  /** Writes the value, with a line break at its end. */
  public static void write(Object value, OutputStream out) throws IOException {
    if (value instanceof Table table) {
      Listings.of(table).write(TableFormat.TEXT, out);
    } else if (value instanceof FormattedTable table) {
      table.write(out);
    } else if (value instanceof Capture capture) {
      line(CaptureSummary.text(capture), out);
    } else {
      line(String.valueOf(value), out);
    }
  }

  private static void line(String text, OutputStream out) throws IOException {
    out.write((Escape.visible(text) + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
  }
}
