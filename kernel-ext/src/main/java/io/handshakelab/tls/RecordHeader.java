package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/** What can be told of five octets: whether they are the header of a record (RFC 8446 §5.1). */
final class RecordHeader {
  static final int LENGTH = 5;

  /** 2^14 and what the cipher may add (RFC 5246 §6.2.3). */
  static final int MAX_FRAGMENT = (1 << 14) + 2048;

  private RecordHeader() {}

  static int type(Bytes bytes, int at) {
    return bytes.u8(at);
  }

  static int version(Bytes bytes, int at) {
    return bytes.u16(at + 1);
  }

  static int fragmentLength(Bytes bytes, int at) {
    return bytes.u16(at + 3);
  }

  /** Why this cannot be a header, or null. */
  static @Nullable String trouble(Bytes bytes, int at) {
    int type = type(bytes, at);
    if (type < TlsRecord.CHANGE_CIPHER_SPEC || type > TlsRecord.HEARTBEAT) {
      return "content type " + type + " is none of TLS";
    }
    int version = version(bytes, at);
    return version < 0x0300 || version > 0x0304 ? "record version is none of TLS" : null;
  }

  /**
   * Whether a record may begin here, also to a reader who has to guess: no octet contradicts it as
   * far as there are any, and the length is one that is allowed.
   */
  static boolean isPlausible(Bytes bytes, int at) {
    int left = bytes.length() - at;
    if (left < 1
        || bytes.u8(at) < TlsRecord.CHANGE_CIPHER_SPEC
        || bytes.u8(at) > TlsRecord.HEARTBEAT) {
      return false;
    }
    if ((left > 1 && bytes.u8(at + 1) != 3) || (left > 2 && bytes.u8(at + 2) > 4)) {
      return false;
    }
    return left < LENGTH || isPlausibleLength(bytes.u8(at), bytes.u16(at + 3));
  }

  /** Only data may be empty, and an alert has two octets at least. */
  private static boolean isPlausibleLength(int type, int length) {
    int least = type == TlsRecord.ALERT ? 2 : type == TlsRecord.APPLICATION_DATA ? 0 : 1;
    return length >= least && length <= MAX_FRAGMENT;
  }
}
