package io.handshakelab.x509;

import java.util.List;

/** A stub. */
public record SignatureWalk(String link, List<SignatureStep> steps) {
  public SignatureWalk {
    steps = List.copyOf(steps);
  }

  /** Whether every step that decides something came out true. */
  public boolean valid() {
    throw new UnsupportedOperationException("to be written");
  }
}
