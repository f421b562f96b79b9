package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.table.Listing;
import io.handshakelab.table.Listings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(description = "Each change of a TCP state, and how it is known.")
final class StatesMagic extends CaptureTableMagic {
  @Option(
      names = "--rules",
      description = "The state machine itself instead: each event in each state, and what it does.")
  private boolean rules;

  @Override
  @Nullable Listing ownTable() {
    return rules ? Listings.rules() : null;
  }

  @Override
  Listing table(Analysis analysis) {
    return Listings.states(analysis);
  }

  @Override
  List<String> notes(Analysis analysis, @Nullable Integer connection) {
    return StateNotes.of(analysis, connection);
  }

  @Override
  boolean readsTls() {
    return false;
  }
}
