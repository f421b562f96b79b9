package io.handshakelab.magic;

import io.handshakelab.table.Listing;
import io.handshakelab.table.TableFormat;
import java.io.IOException;
import java.io.OutputStream;

/** A table that is to be written in a format of the person's choice. */
public record FormattedTable(Listing listing, TableFormat format) {
  public void write(OutputStream out) throws IOException {
    listing.write(format, out);
  }

  @Override
  public String toString() {
    return listing.text(format).stripTrailing();
  }
}
