package io.handshakelab.magic;

import io.handshakelab.capture.Capture;
import io.handshakelab.table.TableFormat;
import io.handshakelab.text.Escape;
import java.io.IOException;
import tech.tablesaw.api.Table;

/** How values look in a shell. */
public final class ShellText {
  private ShellText() {}

  /** Writes the value, with a line break at its end. */
  public static void write(Object value, Appendable out) throws IOException {
    if (value instanceof Table table) {
      TableFormat.TEXT.write(table, out);
    } else if (value instanceof FormattedTable table) {
      table.write(out);
    } else if (value instanceof Capture capture) {
      line(CaptureSummary.text(capture), out);
    } else {
      line(String.valueOf(value), out);
    }
  }

  private static void line(String text, Appendable out) throws IOException {
    out.append(Escape.visible(text)).append(System.lineSeparator());
  }
}
