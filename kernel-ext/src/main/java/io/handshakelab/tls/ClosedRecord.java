package io.handshakelab.tls;

/**
 * What the header of a record tells that cannot be opened, and no more.
 *
 * @param type as in the {@code tls} table
 * @param summary in one line
 */
record ClosedRecord(String type, String summary) {
  /**
   * From TLS 1.3 on every encrypted record looks like data (RFC 8446 §5.2).
   *
   * @param handshakeOver whether the client's last flight is over, so that it may be data indeed
   */
  static ClosedRecord ofTls13(TlsRecord record, boolean handshakeOver) {
    int length = record.fragment().length();
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
    return switch (record.type()) {
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
