package io.handshakelab.tls.message;

import io.handshakelab.bytes.ByteReader;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;

/**
 * One element of DER: tag, length, content (X.690 §8.1, §10.1).
 *
 * @param header octets of tag and length
 */
record Tlv(int tag, int header, Bytes content) {
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OID = 0x06;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  private static final int LONG_FORM = 0x80;

  static Tlv read(ByteReader in) throws Malformed {
    int from = in.offset();
    int tag = in.u8("tag");
    if ((tag & 0x1f) == 0x1f) {
      throw new Malformed(from, "a tag of several octets");
    }
    int length = in.u8("length");
    if (length >= LONG_FORM) {
      int octets = length - LONG_FORM;
      if (octets < 1 || octets > 3) {
        throw new Malformed(from, "a length of " + octets + " octets");
      }
      length = 0;
      for (int i = 0; i < octets; i++) {
        length = length << 8 | in.u8("length");
      }
    }
    int header = in.offset() - from;
    return new Tlv(tag, header, in.bytes(length, "content"));
  }

  static Tlv read(ByteReader in, int tag, String what) throws Malformed {
    int from = in.offset();
    Tlv one = read(in);
    if (one.tag != tag) {
      throw new Malformed(from, what + " is missing");
    }
    return one;
  }

  int length() {
    return header + content.length();
  }

  ByteReader inside() {
    return content.reader();
  }
}
