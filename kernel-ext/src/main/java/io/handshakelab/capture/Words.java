package io.handshakelab.capture;

import io.handshakelab.bytes.Bytes;

/** Numbers of a capture file, in the byte order of the machine that wrote it. */
record Words(Bytes bytes, boolean littleEndian) {
  int length() {
    return bytes.length();
  }

  int u16(int at) {
    int value = bytes.u16(at);
    return littleEndian ? Short.toUnsignedInt(Short.reverseBytes((short) value)) : value;
  }

  long u32(int at) {
    long value = bytes.u32(at);
    return littleEndian ? Integer.toUnsignedLong(Integer.reverseBytes((int) value)) : value;
  }

  /** Eight bytes: the top bit becomes the sign. */
  long i64(int at) {
    long value = bytes.i64(at);
    return littleEndian ? Long.reverseBytes(value) : value;
  }

  /** The number at {@code at}, or the largest int if it is larger than that. */
  int count(int at) {
    return (int) Math.min(u32(at), Integer.MAX_VALUE);
  }
}
