package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;

/**
 * One record.
 *
 * <pre>
 * struct {
 *     ContentType type;                        // 1 octet
 *     ProtocolVersion legacy_record_version;   // 2 octets
 *     uint16 length;
 *     opaque fragment[length];
 * } TLSPlaintext;                              // RFC 8446 §5.1
 * </pre>
 *
 * @param type as it stands in the header
 * @param version as it stands in the header
 * @param offset of the header in the sender's stream
 * @param headerLength 5; 2 for a ClientHello in the form of SSL 2.0
 */
record TlsRecord(int type, int version, int offset, int headerLength, Bytes fragment) {
  static final int CHANGE_CIPHER_SPEC = 20;
  static final int ALERT = 21;
  static final int HANDSHAKE = 22;
  static final int APPLICATION_DATA = 23;
  static final int HEARTBEAT = 24;

  /** Not a content type: a ClientHello in the form of SSL 2.0, its header included. */
  static final int SSL_V2_HELLO = -1;

  /** Not a content type either: anything else of SSL 2.0. */
  static final int SSL_V2 = -2;

  /** Nor this: the beginning of a record with handshake messages, whose end is missing. */
  static final int CUT_HANDSHAKE = -3;

  /** What there is of a record that was cut off, as if it were all of it. */
  TlsRecord asWhole() {
    return new TlsRecord(HANDSHAKE, version, offset, headerLength, fragment);
  }

  /** Offset of the last byte in the sender's stream. */
  int lastOffset() {
    return offset + headerLength + fragment.length() - 1;
  }
}
