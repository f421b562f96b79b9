package io.handshakelab.tls.registry;

/** A cipher suite: how keys are agreed, records protected and messages hashed. */
public record CipherSuite(int number) {
  /** Not a suite: the client says that it can renegotiate securely (RFC 5746 §3.3). */
  public static final CipherSuite EMPTY_RENEGOTIATION_INFO = new CipherSuite(0x00ff);

  public boolean isGrease() {
    return Registry.CIPHER_SUITE.isGrease(number);
  }

  /** Whether it names only the record protection and the hash (RFC 8446 §B.4). */
  public boolean isTls13() {
    return switch (number) {
      case 0x00c6, 0x00c7, 0xc0b4, 0xc0b5 -> true; // RFC 8998 §2, RFC 9150 §3
      default -> number >> 8 == 0x13;
    };
  }

  /** The key exchange and authentication of its name, such as {@code ECDHE_RSA}; else empty. */
  public String keyExchange() {
    String name = toString();
    int with = name.indexOf("_WITH_");
    if (with < 4) {
      return "";
    }
    String exchange = name.substring(4, with);
    return exchange.equals("PSK_DHE") ? "DHE_PSK" : exchange; // RFC 6655 §4 turned two names round
  }

  @Override
  public String toString() {
    return Registry.CIPHER_SUITE.describe(number);
  }
}
