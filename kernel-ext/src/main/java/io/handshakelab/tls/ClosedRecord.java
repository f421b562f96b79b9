package io.handshakelab.tls;

import org.jspecify.annotations.Nullable;

/**
 * What the header of a record tells that cannot be opened, and no more.
 *
 * @param type as in the {@code tls} table
 * @param summary in one line
 */
record ClosedRecord(String type, String summary) {
  private static final int KIND_BITS = 4;

  /** Most records are like many others. All in it is immutable, so that threads may share it. */
  private static final @Nullable Known[] KNOWN = new Known[1 << 12];

  private record Known(int key, ClosedRecord told) {}

  /**
   * From TLS 1.3 on every encrypted record looks like data (RFC 8446 §5.2).
   *
   * @param handshakeOver whether the client's last flight is over, so that it may be data indeed
   */
  static ClosedRecord ofTls13(TlsRecord record, boolean handshakeOver) {
    int length = record.fragment().length();
    int key = (length << KIND_BITS) + (handshakeOver ? 1 : 0);
    Known known = KNOWN[key & (KNOWN.length - 1)];
    if (known == null || known.key != key) {
      known = new Known(key, ofTls13(length, handshakeOver));
      KNOWN[key & (KNOWN.length - 1)] = known;
    }
    return known.told;
  }

  private static ClosedRecord ofTls13(int length, boolean handshakeOver) {
    return handshakeOver
        ? new ClosedRecord(
            "ApplicationData",
            "encrypted record (data, or a message after the handshake), " + length + " bytes")
        : new ClosedRecord(
            "EncryptedHandshake", "encrypted record (handshake or data), " + length + " bytes");
  }

  /**
   * Up to TLS 1.2 the content type can be read (RFC 5246 §6.2.3).
   *
   * @param early whether it can only be early data of a TLS 1.3 client
   */
  static ClosedRecord of(TlsRecord record, boolean early) {
    int length = record.fragment().length();
    int kind = record.type() - TlsRecord.CHANGE_CIPHER_SPEC + (early ? 9 : 2);
    int key = (length << KIND_BITS) + kind;
    Known known = KNOWN[key & (KNOWN.length - 1)];
    if (known == null || known.key != key) {
      known = new Known(key, of(record.type(), length, early));
      KNOWN[key & (KNOWN.length - 1)] = known;
    }
    return known.told;
  }

  private static ClosedRecord of(int type, int length, boolean early) {
    return switch (type) {
      case TlsRecord.ALERT -> new ClosedRecord("Alert", "encrypted alert");
      case TlsRecord.APPLICATION_DATA ->
          new ClosedRecord(
              "ApplicationData", length + " bytes, encrypted" + (early ? " of early data" : ""));
      case TlsRecord.HEARTBEAT -> new ClosedRecord("Heartbeat", length + " bytes, encrypted");
      default ->
          new ClosedRecord(
              "EncryptedHandshake", "encrypted handshake message, " + length + " bytes");
    };
  }
}
