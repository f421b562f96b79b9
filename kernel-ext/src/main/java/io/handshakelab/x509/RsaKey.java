package io.handshakelab.x509;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** The public numbers of an RSA key (RFC 8017 §3.1). */
record RsaKey(BigInteger n, BigInteger e) {
  // The limits of OpenSSL, so that one power takes milliseconds: 16384 bits, and exponents of at
  // most 64 bits above 3072.
  private static final int MAX_MODULUS_BITS = 16384;
  private static final int SMALL_MODULUS_BITS = 3072;
  private static final int MAX_EXPONENT_BITS = 64;

  static boolean is(SubjectPublicKeyInfo key) {
    ASN1ObjectIdentifier algorithm = key.getAlgorithm().getAlgorithm();
    return algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)
        || algorithm.equals(PKCSObjectIdentifiers.id_RSASSA_PSS);
  }

  static RsaKey of(SubjectPublicKeyInfo info) throws UnusableKey {
    if (!is(info)) {
      throw new UnusableKey("it is not an RSA key");
    }
    RSAPublicKey key;
    try {
      key = RSAPublicKey.getInstance(info.parsePublicKey());
    } catch (IOException | RuntimeException e) {
      throw new UnusableKey(ParsedCertificate.oneLine(e));
    }
    BigInteger n = key.getModulus();
    BigInteger e = key.getPublicExponent();
    if (n.signum() <= 0 || e.signum() <= 0) {
      throw new UnusableKey("n or e is not positive");
    }
    if (n.bitLength() > MAX_MODULUS_BITS) {
      throw new UnusableKey("n has " + n.bitLength() + " bits, the limit is " + MAX_MODULUS_BITS);
    }
    if (e.bitLength()
        > (n.bitLength() > SMALL_MODULUS_BITS ? MAX_EXPONENT_BITS : SMALL_MODULUS_BITS)) {
      throw new UnusableKey("e has " + e.bitLength() + " bits, which is too many");
    }
    return new RsaKey(n, e);
  }

  /** How many octets n has, and with it each signature. */
  int octets() {
    return (n.bitLength() + 7) / 8;
  }

  String text() {
    return "n = " + n + "\ne = " + e;
  }
}
