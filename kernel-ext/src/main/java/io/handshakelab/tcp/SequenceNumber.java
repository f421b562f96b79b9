package io.handshakelab.tcp;

/**
 * Sequence and acknowledgement numbers: arithmetic modulo 2^32 (RFC 9293 §3.4). A number is carried
 * in the 32 bits of an {@code int}, so that a column of them costs no objects; it is never compared
 * or subtracted but by these methods.
 */
public final class SequenceNumber {
  private SequenceNumber() {}

  /** The number with these low 32 bits. */
  public static int of(long raw) {
    return (int) raw;
  }

  /** As it stands in a header: 0 to 2^32 - 1. */
  public static long raw(int number) {
    return Integer.toUnsignedLong(number);
  }

  public static int plus(int number, int octets) {
    return number + octets;
  }

  /** Octets from one number to another: negative if {@code to} comes before {@code from}. */
  public static int distance(int from, int to) {
    return to - from;
  }

  public static boolean isBefore(int number, int other) {
    return distance(other, number) < 0;
  }

  public static boolean isAfter(int number, int other) {
    return distance(other, number) > 0;
  }

  public static int later(int number, int other) {
    return isAfter(number, other) ? number : other;
  }

  /** How far a number lies beyond a base, never negative: what tables show as relative. */
  public static long relative(int number, int base) {
    return raw(number - base);
  }
}
