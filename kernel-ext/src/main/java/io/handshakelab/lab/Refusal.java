package io.handshakelab.lab;

/** One end does not believe the other: a visit that ends so has found something out. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param who refuses whom, why, and with which alert
   */
  Refusal(String who) {
    super(who, null, false, false);
  }

  String inWords() {
    return String.valueOf(getMessage());
  }
}
