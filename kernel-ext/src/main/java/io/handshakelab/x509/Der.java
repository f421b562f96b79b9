package io.handshakelab.x509;

import io.handshakelab.bytes.ByteReader;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;

/**
 * The outermost layer of a certificate, cut without interpreting what is inside, so that what was
 * signed is the very bytes that were sent (RFC 5280 §4.1.1):
 *
 * <pre>
 * Certificate ::= SEQUENCE {
 *   tbsCertificate       TBSCertificate,       -- these bytes are signed
 *   signatureAlgorithm   AlgorithmIdentifier,
 *   signatureValue       BIT STRING }
 * </pre>
 *
 * @param tbs tag, length and content of tbsCertificate
 * @param algorithm tag, length and content of signatureAlgorithm
 * @param signature the bits of signatureValue
 */
record Der(Bytes tbs, Bytes algorithm, Bytes signature) {
  private static final int SEQUENCE = 0x30;
  private static final int BIT_STRING = 0x03;

  static Der parse(Bytes certificate) throws Malformed {
    ByteReader outer = certificate.reader();
    ByteReader inner = element(outer, SEQUENCE, "Certificate");
    outer.end("Certificate");
    Bytes tbs = whole(certificate, inner, SEQUENCE, "tbsCertificate");
    Bytes algorithm = whole(certificate, inner, SEQUENCE, "signatureAlgorithm");
    ByteReader bits = element(inner, BIT_STRING, "signatureValue");
    inner.end("signatureValue");
    int unused = bits.u8("unused bits of signatureValue");
    if (unused != 0) {
      throw new Malformed(bits.offset() - 1, "signatureValue is not whole bytes");
    }
    return new Der(tbs, algorithm, bits.rest());
  }

  private static Bytes whole(Bytes certificate, ByteReader from, int tag, String what)
      throws Malformed {
    int start = from.offset();
    element(from, tag, what);
    return certificate.slice(start, from.offset());
  }

  /** Reads tag and length (X.690 §8.1.2 and §10.1) and hands out a reader over the content. */
  private static ByteReader element(ByteReader from, int tag, String what) throws Malformed {
    int at = from.offset();
    int found = from.u8("tag of " + what);
    if (found != tag) {
      throw new Malformed(at, String.format("%s has tag %02x, not %02x", what, found, tag));
    }
    int first = from.u8("length of " + what);
    int length =
        switch (first) {
          case 0x81 -> from.u8("length of " + what);
          case 0x82 -> from.u16("length of " + what);
          case 0x83 -> from.u24("length of " + what);
          default -> {
            if (first > 0x7f) {
              throw new Malformed(at + 1, "length of " + what + " is too large or indefinite");
            }
            yield first;
          }
        };
    return from.reader(length, what);
  }
}
