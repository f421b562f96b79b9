package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.table.Listing;
import io.handshakelab.table.Listings;
import picocli.CommandLine.Command;

@Command(description = "Each TLS message.")
final class TlsMagic extends CaptureTableMagic {
  @Override
  Listing table(Analysis analysis) {
    return Listings.tls(analysis);
  }

  @Override
  boolean readsTls() {
    return true;
  }
}
