package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import java.nio.ByteBuffer;

/** Where the number of a record goes into its protection. */
final class Sequence {
  private Sequence() {}

  /** {@code seq_num + type + version + length} (RFC 5246 §6.2.3). */
  static Bytes header(long sequence, int type, int version, int length) {
    return Bytes.wrap(
        ByteBuffer.allocate(13)
            .putLong(sequence)
            .put((byte) type)
            .putShort((short) version)
            .putShort((short) length)
            .array());
  }

  /** The number, padded on the left to the length of the IV, XOR the IV (RFC 8446 §5.3). */
  static Bytes xor(Bytes iv, long sequence) {
    byte[] nonce = iv.toArray();
    for (int i = 0; i < 8; i++) {
      nonce[nonce.length - 1 - i] ^= (byte) (sequence >>> (8 * i));
    }
    return Bytes.wrap(nonce);
  }
}
