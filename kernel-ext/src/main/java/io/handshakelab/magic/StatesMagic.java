package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.table.Listing;
import io.handshakelab.table.Listings;
import picocli.CommandLine.Command;

@Command(description = "Each change of a TCP state, and how it is known.")
final class StatesMagic extends CaptureTableMagic {
  @Override
  Listing table(Analysis analysis) {
    return Listings.states(analysis);
  }

  @Override
  boolean readsTls() {
    return false;
  }
}
