package io.handshakelab.tls.registry;

/** A hello extension (RFC 8446 §4.2). */
public record ExtensionType(int number) {
  public boolean isGrease() {
    return Registry.EXTENSION.isGrease(number);
  }

  @Override
  public String toString() {
    return Registry.EXTENSION.describe(number);
  }
}
