package io.handshakelab.magic;

import io.handshakelab.table.TableFormat;
import java.io.IOException;
import tech.tablesaw.api.Table;

/** A table that is to be written in a format of the person's choice. */
public record FormattedTable(Table table, TableFormat format) {
  public void write(Appendable out) throws IOException {
    format.write(table, out);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    try {
      write(text);
    } catch (IOException e) {
      throw new IllegalStateException("a StringBuilder takes everything", e);
    }
    return text.toString().stripTrailing();
  }
}
