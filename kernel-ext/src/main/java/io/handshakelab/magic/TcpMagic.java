package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.table.Listing;
import io.handshakelab.table.Listings;
import picocli.CommandLine.Command;

@Command(description = "Each TCP segment, with the states of both ends after it.")
final class TcpMagic extends CaptureTableMagic {
  @Override
  Listing table(Analysis analysis) {
    return Listings.tcp(analysis);
  }

  @Override
  boolean readsTls() {
    return false;
  }
}
