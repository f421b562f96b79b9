package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;

/**
 * The number of the next record under one key: it counts from 0 and must never wrap (RFC 8446 §5.3,
 * RFC 5246 §6.1).
 */
final class Sequence {
  private long next;
  private boolean exhausted;

  long next() {
    return next;
  }

  /** After the last of 2^64 numbers nothing more can be protected under this key. */
  boolean isExhausted() {
    return exhausted;
  }

  void advance() {
    next++;
    exhausted |= next == 0;
  }

  void continueAt(long number) {
    next = number;
    exhausted = false;
  }

  /** {@code seq_num + type + version + length} (RFC 5246 §6.2.3). */
  Bytes header(int type, int version, int length) {
    byte[] header = new byte[13];
    put(header);
    header[8] = (byte) type;
    header[9] = (byte) (version >> 8);
    header[10] = (byte) version;
    header[11] = (byte) (length >> 8);
    header[12] = (byte) length;
    return Bytes.wrap(header);
  }

  /** Without the version, as in SSL 3.0: {@code seq_num + type + length} (RFC 6101 §5.2.3.1). */
  Bytes header(int type, int length) {
    byte[] header = new byte[11];
    put(header);
    header[8] = (byte) type;
    header[9] = (byte) (length >> 8);
    header[10] = (byte) length;
    return Bytes.wrap(header);
  }

  /** The number, padded on the left to the length of the IV, XOR the IV (RFC 8446 §5.3). */
  Bytes xor(Bytes iv) {
    byte[] nonce = iv.toArray();
    for (int i = 0; i < 8; i++) {
      nonce[nonce.length - 1 - i] ^= (byte) (next >>> (8 * i));
    }
    return Bytes.wrap(nonce);
  }

  private void put(byte[] header) {
    for (int i = 0; i < 8; i++) {
      header[i] = (byte) (next >>> (56 - 8 * i));
    }
  }
}
