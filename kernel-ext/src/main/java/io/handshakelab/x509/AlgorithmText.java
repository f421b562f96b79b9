package io.handshakelab.x509;

import static java.util.Map.entry;

import java.math.BigInteger;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.teletrust.TeleTrusTNamedCurves;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Keys and signature algorithms in words. What is not known is shown by its number. */
final class AlgorithmText {
  /** Names as in RFC 8017 §A.2.4, RFC 5758 §3, RFC 8410 §3, RFC 9881 §2. */
  private static final Map<String, String> SIGNATURES =
      Map.ofEntries(
          entry("1.2.840.113549.1.1.2", "md2WithRSAEncryption"),
          entry("1.2.840.113549.1.1.4", "md5WithRSAEncryption"),
          entry("1.2.840.113549.1.1.5", "sha1WithRSAEncryption"),
          entry("1.2.840.113549.1.1.10", "rsassaPss"),
          entry("1.2.840.113549.1.1.14", "sha224WithRSAEncryption"),
          entry("1.2.840.113549.1.1.11", "sha256WithRSAEncryption"),
          entry("1.2.840.113549.1.1.12", "sha384WithRSAEncryption"),
          entry("1.2.840.113549.1.1.13", "sha512WithRSAEncryption"),
          entry("1.2.840.113549.1.1.15", "sha512-224WithRSAEncryption"),
          entry("1.2.840.113549.1.1.16", "sha512-256WithRSAEncryption"),
          entry("2.16.840.1.101.3.4.3.13", "id-rsassa-pkcs1-v1-5-with-sha3-224"),
          entry("2.16.840.1.101.3.4.3.14", "id-rsassa-pkcs1-v1-5-with-sha3-256"),
          entry("2.16.840.1.101.3.4.3.15", "id-rsassa-pkcs1-v1-5-with-sha3-384"),
          entry("2.16.840.1.101.3.4.3.16", "id-rsassa-pkcs1-v1-5-with-sha3-512"),
          entry("1.2.840.10045.4.1", "ecdsa-with-SHA1"),
          entry("1.2.840.10045.4.3.1", "ecdsa-with-SHA224"),
          entry("1.2.840.10045.4.3.2", "ecdsa-with-SHA256"),
          entry("1.2.840.10045.4.3.3", "ecdsa-with-SHA384"),
          entry("1.2.840.10045.4.3.4", "ecdsa-with-SHA512"),
          entry("1.2.840.10040.4.3", "dsa-with-sha1"),
          entry("2.16.840.1.101.3.4.3.1", "dsa-with-sha224"),
          entry("2.16.840.1.101.3.4.3.2", "dsa-with-sha256"),
          entry("2.16.840.1.101.3.4.3.3", "dsa-with-sha384"),
          entry("2.16.840.1.101.3.4.3.4", "dsa-with-sha512"),
          entry("2.16.840.1.101.3.4.3.9", "ecdsa-with-sha3-224"),
          entry("2.16.840.1.101.3.4.3.10", "ecdsa-with-sha3-256"),
          entry("2.16.840.1.101.3.4.3.11", "ecdsa-with-sha3-384"),
          entry("2.16.840.1.101.3.4.3.12", "ecdsa-with-sha3-512"),
          entry("1.3.101.112", "Ed25519"),
          entry("1.3.101.113", "Ed448"),
          entry("2.16.840.1.101.3.4.3.17", "ML-DSA-44"),
          entry("2.16.840.1.101.3.4.3.18", "ML-DSA-65"),
          entry("2.16.840.1.101.3.4.3.19", "ML-DSA-87"));

  private AlgorithmText() {}

  static String signature(ASN1ObjectIdentifier algorithm) {
    return SIGNATURES.getOrDefault(algorithm.getId(), algorithm.getId());
  }

  /** Such as {@code RSA 2048, e = 65537} or {@code EC secp256r1}. */
  static String key(SubjectPublicKeyInfo key) {
    ASN1ObjectIdentifier algorithm = key.getAlgorithm().getAlgorithm();
    if (RsaKey.is(key)) {
      return rsa(key);
    }
    if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      return "EC " + curve(key);
    }
    if (algorithm.equals(X9ObjectIdentifiers.id_dsa)) {
      return dsa(key);
    }
    return signature(algorithm);
  }

  private static String rsa(SubjectPublicKeyInfo key) {
    try {
      RSAPublicKey rsa = RSAPublicKey.getInstance(key.parsePublicKey());
      BigInteger e = rsa.getPublicExponent();
      String shown = e.bitLength() <= 64 ? e.toString() : "a number of " + e.bitLength() + " bits";
      return "RSA " + rsa.getModulus().bitLength() + ", e = " + shown;
    } catch (java.io.IOException | RuntimeException e) {
      return "RSA, malformed";
    }
  }

  private static String dsa(SubjectPublicKeyInfo key) {
    try {
      return "DSA " + DsaKey.of(key).p().bitLength();
    } catch (UnusableKey e) {
      return "DSA";
    }
  }

  private static String curve(SubjectPublicKeyInfo key) {
    if (!(key.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve)) {
      return "with explicit parameters";
    }
    return curve(curve);
  }

  /** The name of a curve, as SEC 2 and RFC 5639 have it. */
  static String curve(ASN1ObjectIdentifier curve) {
    String name = SECNamedCurves.getName(curve);
    if (name == null) {
      name = TeleTrusTNamedCurves.getName(curve);
    }
    return name == null ? curve.getId() : name;
  }
}
