package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.table.Listing;
import io.handshakelab.table.Listings;
import picocli.CommandLine.Command;

@Command(description = "The phases of the visit, and how long each took.")
final class TimingsMagic extends CaptureTableMagic {
  @Override
  Listing table(Analysis analysis) {
    return Listings.timings(analysis);
  }

  @Override
  boolean readsTls() {
    return true;
  }
}
