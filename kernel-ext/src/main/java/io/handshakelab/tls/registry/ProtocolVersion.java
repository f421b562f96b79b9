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
    return name(number);
  }

  /** The same of any number; for the common ones nothing is looked up. */
  public static String name(int number) {
    return switch (number) {
      case 0x0301 -> "TLS 1.0";
      case 0x0302 -> "TLS 1.1";
      case 0x0303 -> "TLS 1.2";
      case 0x0304 -> "TLS 1.3";
      default -> Registry.VERSION.describe(number);
    };
  }
}
