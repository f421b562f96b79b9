package io.handshakelab.tls.registry;

/** What a record carries (RFC 8446 §5.1). */
public record ContentType(int number) {
  public static final ContentType CHANGE_CIPHER_SPEC = new ContentType(20);
  public static final ContentType ALERT = new ContentType(21);
  public static final ContentType HANDSHAKE = new ContentType(22);
  public static final ContentType APPLICATION_DATA = new ContentType(23);

  @Override
  public String toString() {
    return Registry.CONTENT_TYPE.describe(number);
  }
}
