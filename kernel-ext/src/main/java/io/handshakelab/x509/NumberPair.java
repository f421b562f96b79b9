package io.handshakelab.x509;

import io.handshakelab.bytes.ByteReader;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import java.math.BigInteger;

/**
 * The two numbers of a DSA or ECDSA signature (RFC 3279 §2.2.2 and §2.2.3), read as DER and nothing
 * else: what is encoded in another way could be the same signature in another dress.
 *
 * <pre>
 * SEQUENCE { r INTEGER, s INTEGER }
 * </pre>
 */
record NumberPair(BigInteger r, BigInteger s) {
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;

  static NumberPair of(Bytes signature) throws Malformed {
    ByteReader outer = signature.reader();
    ByteReader inner = element(outer, SEQUENCE, "the signature");
    outer.end("the signature");
    BigInteger r = number(inner, "r");
    BigInteger s = number(inner, "s");
    inner.end("s");
    return new NumberPair(r, s);
  }

  /** X.690 §8.3.2: the first nine bits are not all equal. */
  private static BigInteger number(ByteReader from, String what) throws Malformed {
    ByteReader content = element(from, INTEGER, what);
    int at = content.offset();
    Bytes octets = content.rest();
    if (octets.isEmpty()) {
      throw new Malformed(at, what + " is empty");
    }
    if (octets.length() > 1
        && (octets.u8(0) == 0 || octets.u8(0) == 0xff)
        && octets.u8(0) >> 7 == octets.u8(1) >> 7) {
      throw new Malformed(at, what + " has an octet too many before it");
    }
    return new BigInteger(octets.toArray());
  }

  /** Tag and the shortest form of the length (X.690 §10.1). */
  private static ByteReader element(ByteReader from, int tag, String what) throws Malformed {
    int at = from.offset();
    if (from.u8(what) != tag) {
      throw new Malformed(at, what + " has another tag than " + tag);
    }
    int length = from.u8("length of " + what);
    if (length == 0x81) {
      length = from.u8("length of " + what);
      if (length < 0x80) {
        throw new Malformed(at + 1, "the length of " + what + " is longer than needed");
      }
    } else if (length == 0x82) {
      length = from.u16("length of " + what);
      if (length < 0x100) {
        throw new Malformed(at + 1, "the length of " + what + " is longer than needed");
      }
    } else if (length > 0x7f) {
      throw new Malformed(at + 1, "the length of " + what + " is too large or indefinite");
    }
    return from.reader(length, what);
  }
}
