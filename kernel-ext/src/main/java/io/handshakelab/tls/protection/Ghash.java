package io.handshakelab.tls.protection;

/**
 * The universal hash of GCM: a polynomial over GF(2^128), evaluated at H (NIST SP 800-38D §6.4).
 *
 * <p>The JDK multiplies bit by bit unless its C2 compiler is at work, which comes too late for a
 * program that is over in a second. Here tables multiply by eight bits at once.
 */
final class Ghash {
  /** What becomes of eight bits that a shift pushes out: x^128 is x^7 + x^2 + x + 1. */
  private static final long[] REDUCTION = reduction();

  private final long[] high = new long[256];
  private final long[] low = new long[256];
  private long sumHigh;
  private long sumLow;

  /** The first octet counts from its highest bit: that is x^0. */
  Ghash(byte[] h) {
    long x = i64(h, 0);
    long y = i64(h, 8);
    for (int bit = 0x80; bit > 0; bit >>= 1) {
      high[bit] = x;
      low[bit] = y;
      long out = y & 1;
      y = y >>> 1 | x << 63;
      x = x >>> 1 ^ (out == 0 ? 0 : 0xe1L << 56);
    }
    for (int i = 3; i < 256; i++) {
      int top = Integer.highestOneBit(i);
      high[i] = high[top] ^ high[i ^ top];
      low[i] = low[top] ^ low[i ^ top];
    }
  }

  void begin() {
    sumHigh = 0;
    sumLow = 0;
  }

  /** Octets up to here, filled up with zeros to whole blocks. */
  void update(byte[] bytes, int length) {
    int at = 0;
    for (; at + 16 <= length; at += 16) {
      block(i64(bytes, at), i64(bytes, at + 8));
    }
    if (at < length) {
      byte[] last = new byte[16];
      System.arraycopy(bytes, at, last, 0, length - at);
      block(i64(last, 0), i64(last, 8));
    }
  }

  void block(long more, long less) {
    long x = sumHigh ^ more;
    long y = sumLow ^ less;
    long zHigh = 0;
    long zLow = 0;
    for (int i = 0; i < 16; i++) {
      int octet = (int) y & 0xff;
      y = y >>> 8 | x << 56;
      x >>>= 8;
      int out = (int) zLow & 0xff;
      zLow = (zLow >>> 8 | zHigh << 56) ^ low[octet];
      zHigh = zHigh >>> 8 ^ REDUCTION[out] ^ high[octet];
    }
    sumHigh = zHigh;
    sumLow = zLow;
  }

  /** Whether the hash, masked with this block, is what stands there. */
  boolean matches(byte[] mask, byte[] tag, int at) {
    return (sumHigh ^ i64(mask, 0)) == i64(tag, at) && (sumLow ^ i64(mask, 8)) == i64(tag, at + 8);
  }

  private static long i64(byte[] bytes, int at) {
    return ((long) i32(bytes, at) << 32) | (i32(bytes, at + 4) & 0xffff_ffffL);
  }

  private static int i32(byte[] bytes, int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }

  private static long[] reduction() {
    long[] table = new long[256];
    for (int i = 0; i < 256; i++) {
      long x = 0;
      for (int bit = 0; bit < 8; bit++) {
        x = x >>> 1 ^ ((i >> bit & 1) == 0 ? 0 : 0xe1L << 56);
      }
      table[i] = x;
    }
    return table;
  }
}
