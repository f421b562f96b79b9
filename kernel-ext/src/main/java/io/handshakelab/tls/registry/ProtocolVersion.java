package io.handshakelab.tls.registry;

/** A version of the protocol as it stands in messages (RFC 8446 §4.2.1). */
public record ProtocolVersion(int number) {
  public static final ProtocolVersion SSL_2_0 = new ProtocolVersion(0x0002);
  public static final ProtocolVersion SSL_3_0 = new ProtocolVersion(0x0300);
  public static final ProtocolVersion TLS_1_0 = new ProtocolVersion(0x0301);
  public static final ProtocolVersion TLS_1_1 = new ProtocolVersion(0x0302);
  public static final ProtocolVersion TLS_1_2 = new ProtocolVersion(0x0303);
  public static final ProtocolVersion TLS_1_3 = new ProtocolVersion(0x0304);

  public boolean isTls13() {
    return number == TLS_1_3.number;
  }

  /** Whether signatures name their algorithm and the PRF belongs to the suite (RFC 5246 §1.2). */
  public boolean isTls12() {
    return number == TLS_1_2.number;
  }

  /** {@code TLS 1.2}, or the number in hexadecimal. */
  @Override
  public String toString() {
    return Registry.VERSION.describe(number);
  }
}
