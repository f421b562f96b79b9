package io.handshakelab.http;

/**
 * How much header text of HTTP/2 is still kept. One octet of a compressed block can stand for a
 * field of thousands (RFC 7541 §7.3), so that a small capture could else fill any memory.
 */
final class TextBudget {
  private long left;

  TextBudget(long characters) {
    this.left = characters;
  }

  /** Whether so much more may be kept; then it counts as kept. */
  boolean take(int characters) {
    if (characters > left) {
      return false;
    }
    left -= characters;
    return true;
  }
}
