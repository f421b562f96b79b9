package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;

/** The octets of a public key, which stands in a BIT STRING and may so have other lengths. */
final class KeyOctets {
  private KeyOctets() {}

  static Bytes of(SubjectPublicKeyInfo key) throws UnusableKey {
    String odd = odd(key);
    if (odd != null) {
      throw new UnusableKey(odd);
    }
    return Bytes.wrap(key.getPublicKeyData().getOctets());
  }

  /** Why it is no row of octets, or null. */
  static @Nullable String odd(SubjectPublicKeyInfo key) {
    ASN1BitString bits = key.getPublicKeyData();
    return bits.getPadBits() == 0
        ? null
        : "its BIT STRING has no whole octets: the last "
            + bits.getPadBits()
            + " bits do not count";
  }
}
