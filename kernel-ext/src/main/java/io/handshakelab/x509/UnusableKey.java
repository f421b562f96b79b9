package io.handshakelab.x509;

/** A key that cannot open a signature; the message says why. */
final class UnusableKey extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableKey(String why) {
    super(why, null, false, false);
  }
}
