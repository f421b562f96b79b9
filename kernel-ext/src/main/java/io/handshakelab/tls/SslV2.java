package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;

/**
 * The shapes of SSL 2.0 that are still met: a ClientHello by which newer versions are offered too
 * (RFC 5246 §E.2), and the answer of a server that speaks nothing else.
 *
 * <pre>
 * uint16 0x8000 + length;                      // two octets; three with padding
 * uint8 msg_type;                              // 1 CLIENT-HELLO, 4 SERVER-HELLO
 * …
 * </pre>
 */
final class SslV2 {
  static final int HEADER = 2;

  /** Octets up to the lengths of the three vectors. */
  static final int SHORTEST_HELLO = 11;

  static final int SHORTEST_SERVER_HELLO = HEADER + 11;

  static final int VERSION = 0x0002;

  private SslV2() {}

  /** The top bit of the length is set, and the lengths inside fit. */
  static boolean isClientHello(Bytes stream) {
    return stream.length() >= SHORTEST_HELLO
        && (stream.u8(0) & 0x80) != 0
        && stream.u8(2) == 1
        && (stream.u16(3) == VERSION || (stream.u8(3) == 3 && stream.u8(4) <= 4))
        && 9 + stream.u16(5) + stream.u16(7) + stream.u16(9) == (stream.u16(0) & 0x7fff);
  }

  /**
   * A SERVER-HELLO: type, whether the session id is known, kind of certificate, version, and the
   * lengths of certificate, cipher specs and connection id.
   */
  static boolean isServerHello(Bytes stream) {
    return stream.length() >= SHORTEST_SERVER_HELLO
        && (stream.u8(0) & 0x80) != 0
        && stream.u8(2) == 4
        && stream.u8(3) <= 1
        && stream.u8(4) <= 1
        && stream.u16(5) == VERSION
        && 11 + stream.u16(7) + stream.u16(9) + stream.u16(11) == (stream.u16(0) & 0x7fff);
  }

  /** An ERROR: nothing but its type and a code. */
  static boolean isError(Bytes stream) {
    return stream.length() == HEADER + 3
        && stream.u16(0) == 0x8003
        && stream.u8(2) == 0
        && (stream.u16(3) == 1 || stream.u16(3) == 2 || stream.u16(3) == 4 || stream.u16(3) == 6);
  }

  /** Of a SERVER-HELLO or an ERROR. */
  static String summary(Bytes message) {
    if (isServerHello(message)) {
      return "SSL 2.0, which nobody must speak (RFC 6176): certificate of "
          + message.u16(7)
          + " bytes, "
          + message.u16(9) / 3
          + " cipher specs";
    }
    return switch (message.u16(3)) {
      case 1 -> "SSL 2.0: no cipher";
      case 2 -> "SSL 2.0: no certificate";
      case 4 -> "SSL 2.0: bad certificate";
      default -> "SSL 2.0: unsupported certificate type";
    };
  }
}
