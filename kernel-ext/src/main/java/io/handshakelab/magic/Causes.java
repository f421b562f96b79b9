package io.handshakelab.magic;

/** Finds what really happened inside the exceptions that kernels wrap around it. */
final class Causes {
  private Causes() {}

  static Throwable inner(Throwable thrown) {
    Throwable at = thrown;
    for (int depth = 0; depth < 16 && at.getCause() != null; depth++) {
      at = at.getCause();
    }
    return at;
  }
}
