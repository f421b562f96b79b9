package io.handshakelab.analysis;

import java.util.List;

/** Tells the phases of a visit from the rows of its capture. A stub. */
final class Phases {
  private Phases() {}

  static List<Phase> of(Analysis analysis) {
    if (analysis.capture().frameCount() == 0) {
      return List.of();
    }
    throw new UnsupportedOperationException("to be written");
  }
}
