package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tls.registry.Registry;

/**
 * Tells a record in the clear from an encrypted one where it is not known which it must be: behind
 * a gap, and where the capture began within a connection.
 */
final class ClearRecord {
  private static final int HEADER = 4;

  private ClearRecord() {}

  static boolean isClear(TlsRecord record) {
    Bytes fragment = record.fragment();
    return switch (record.type()) {
      case TlsRecord.CHANGE_CIPHER_SPEC -> fragment.length() == 1;
      case TlsRecord.ALERT -> fragment.length() == 2 && HelloShape.isAlertBody(fragment, 0);
      case TlsRecord.HANDSHAKE -> areMessages(fragment);
      default -> false;
    };
  }

  /** Whether it is filled by whole messages of known types. */
  static boolean areMessages(Bytes fragment) {
    int at = 0;
    while (fragment.length() - at >= HEADER
        && Registry.HANDSHAKE_TYPE.name(fragment.u8(at)) != null) {
      at += HEADER + fragment.u24(at + 1);
      if (at == fragment.length()) {
        return true;
      }
      if (at > fragment.length()) {
        return false;
      }
    }
    return false;
  }
}
