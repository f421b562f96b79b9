package io.handshakelab.lab;

import io.handshakelab.capture.Capture;

/** Frames of a finished recording, for a capture that knows more than the recording did. */
final class Frames {
  private Frames() {}

  /** Copies frames and warnings; the bytes are shared. */
  static void copy(Capture from, Capture.Builder to) {
    for (int n = 1; n <= from.frameCount(); n++) {
      to.frame(
          from.timeNanos(n),
          from.linkType(n),
          from.data(n),
          from.originalLength(n),
          from.evidence(n),
          null);
    }
    from.warnings().forEach(to::warning);
  }
}
