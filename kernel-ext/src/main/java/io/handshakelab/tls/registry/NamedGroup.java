package io.handshakelab.tls.registry;

/** A group for key exchange (RFC 8446 §4.2.7). */
public record NamedGroup(int number) {
  public boolean isGrease() {
    return Registry.NAMED_GROUP.isGrease(number);
  }

  @Override
  public String toString() {
    return Registry.NAMED_GROUP.describe(number);
  }
}
