package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tls.registry.HandshakeType;
import io.handshakelab.tls.registry.Registry;

/**
 * Tells a record with a hello from other bytes, by everything that is fixed in it (RFC 8446 §4.1.2,
 * §4.1.3), so that it can be found where it is not expected.
 */
final class HelloShape {
  /** Octets that are looked at: up to and with the length of the session id. */
  static final int LENGTH = RecordHeader.LENGTH + 4 + 2 + 32 + 1;

  private static final int MAX_SESSION_ID = 32;

  private HelloShape() {}

  static boolean isClientHello(Bytes bytes, int at) {
    return isHello(bytes, at, HandshakeType.CLIENT_HELLO);
  }

  /** A ServerHello, or the alert with which a server refuses. */
  static boolean isAnswer(Bytes bytes, int at) {
    return isHello(bytes, at, HandshakeType.SERVER_HELLO) || isAlert(bytes, at);
  }

  /** A record with an Alert that is not encrypted. */
  static boolean isAlert(Bytes bytes, int at) {
    return bytes.length() - at >= RecordHeader.LENGTH + 2
        && RecordHeader.type(bytes, at) == TlsRecord.ALERT
        && RecordHeader.isPlausible(bytes, at)
        && RecordHeader.fragmentLength(bytes, at) == 2
        && isAlertBody(bytes, at + RecordHeader.LENGTH);
  }

  /** Level and description of a kind that is known. */
  static boolean isAlertBody(Bytes bytes, int at) {
    return Registry.ALERT_LEVEL.name(bytes.u8(at)) != null
        && Registry.ALERT_DESCRIPTION.name(bytes.u8(at + 1)) != null;
  }

  /** Whether a stream begins with this record: with such a hello, or with the first part of one. */
  static boolean mayBegin(TlsRecord record, int type) {
    Bytes fragment = record.fragment();
    return record.type() == TlsRecord.HANDSHAKE
        && !fragment.isEmpty()
        && fragment.u8(0) == type
        && (fragment.length() < LENGTH - RecordHeader.LENGTH || isBody(fragment, 0));
  }

  private static boolean isHello(Bytes bytes, int at, int type) {
    if (bytes.length() - at < LENGTH
        || RecordHeader.type(bytes, at) != TlsRecord.HANDSHAKE
        || !RecordHeader.isPlausible(bytes, at)) {
      return false;
    }
    int record = RecordHeader.fragmentLength(bytes, at);
    int message = at + RecordHeader.LENGTH;
    int body = bytes.u24(message + 1);
    boolean fits = type == HandshakeType.CLIENT_HELLO ? record <= 4 + body : record >= LENGTH - 5;
    return bytes.u8(message) == type && fits && isBody(bytes, message);
  }

  /** Length, version and session id of a hello that begins here. */
  private static boolean isBody(Bytes bytes, int message) {
    int body = bytes.u24(message + 1);
    return body >= 2 + 32 + 1
        && body <= 1 << 17
        && bytes.u8(message + 4) == 3
        && bytes.u8(message + 5) <= 4
        && bytes.u8(message + 4 + 2 + 32) <= MAX_SESSION_ID;
  }
}
