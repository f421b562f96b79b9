package io.handshakelab.tls.registry;

/**
 * A way to sign (RFC 8446 §4.2.3; in TLS 1.2 a pair of hash and signature, RFC 5246 §7.4.1.4.1).
 */
public record SignatureScheme(int number) {
  @Override
  public String toString() {
    return Registry.SIGNATURE_SCHEME.describe(number);
  }
}
