package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.tcp.Unknown;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why states are empty, in a few sentences. */
final class StateNotes {
  private static final int MOST = 6;

  private StateNotes() {}

  /** Of one connection, or of all if it is null. */
  static List<String> of(Analysis analysis, @Nullable Integer connection) {
    List<String> notes = new ArrayList<>();
    int more = 0;
    for (Unknown unknown : analysis.tcp().unknownStates()) {
      if (connection != null && connection != unknown.connection()) {
        continue;
      }
      if (notes.size() < MOST) {
        notes.add(unknown.sentence(analysis.capture().startNanos()));
      } else {
        more++;
      }
    }
    if (more > 0) {
      notes.add(more + " more states are not known; --conn N tells why, of one connection");
    }
    return notes;
  }
}
