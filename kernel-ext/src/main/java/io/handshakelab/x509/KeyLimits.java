package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/**
 * Which keys a library may be asked about. A key can be so large that one power of it takes minutes
 * (a certificate may have 256 KiB), and the libraries do not mind in all cases.
 */
final class KeyLimits {
  private static final long OVERHEAD = 500;

  /** P-256, P-384 and P-521. */
  private static final Set<ASN1ObjectIdentifier> EVERYWHERE =
      Set.of(
          SECObjectIdentifiers.secp256r1,
          SECObjectIdentifiers.secp384r1,
          SECObjectIdentifiers.secp521r1);

  /**
   * What one chain may cost, so that hundreds of large keys end within two seconds. All roots of
   * Java together cost a third of it.
   */
  static final long BUDGET_MICROS = 1_000_000;

  private KeyLimits() {}

  /**
   * About how long it takes to open a signature with that key, in microseconds of a processor of
   * today. It counts multiplications, so that the answer is the same everywhere.
   */
  static long costMicros(SubjectPublicKeyInfo key) {
    ASN1ObjectIdentifier algorithm = key.getAlgorithm().getAlgorithm();
    try {
      if (RsaKey.is(key)) {
        RsaKey rsa = RsaKey.of(key);
        return OVERHEAD + power(rsa.n().bitLength(), rsa.e().bitLength());
      }
      if (algorithm.equals(X9ObjectIdentifiers.id_dsa)) {
        DsaKey dsa = DsaKey.of(key);
        return OVERHEAD + 2 * power(dsa.p().bitLength(), dsa.q().bitLength());
      }
    } catch (UnusableKey e) {
      return OVERHEAD; // it is not used
    }
    // Elliptic curves, by the length of a point: 65 octets for P-256, 133 for P-521.
    long octets = key.getPublicKeyData().getBytes().length;
    return OVERHEAD + Math.min(10_000, octets * octets / 2);
  }

  /** The same for the key of a certificate in DER. */
  static long costMicros(Bytes certificate) {
    try {
      return costMicros(CertificateExtensions.tbs(certificate).getSubjectPublicKeyInfo());
    } catch (CertificateExtensions.Unreadable e) {
      return OVERHEAD;
    }
  }

  private static long power(long bits, long exponentBits) {
    long words = bits / 32;
    return words * words * exponentBits * 3 / 2 / 250;
  }

  /**
   * Whether it is on a curve that not every JDK knows; one that does not calls it a bad signature.
   */
  static boolean onRareCurve(SubjectPublicKeyInfo key) {
    return key.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
        && key.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve
        && !EVERYWHERE.contains(curve);
  }

  /** The same for the key of a certificate in DER. */
  static @Nullable String unusable(Bytes certificate) {
    try {
      return unusable(CertificateExtensions.tbs(certificate).getSubjectPublicKeyInfo());
    } catch (CertificateExtensions.Unreadable e) {
      return ParsedCertificate.oneLine(e);
    }
  }

  /** Why a key is not used, or null if it is. */
  static @Nullable String unusable(SubjectPublicKeyInfo key) {
    ASN1ObjectIdentifier algorithm = key.getAlgorithm().getAlgorithm();
    try {
      if (RsaKey.is(key)) {
        RsaKey.of(key);
      } else if (algorithm.equals(X9ObjectIdentifiers.id_dsa)) {
        DsaKey.of(key);
      } else if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)
          && !(key.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier)) {
        return EcKey.NO_NAME;
      }
      return KeyOctets.odd(key);
    } catch (UnusableKey e) {
      return ParsedCertificate.oneLine(e);
    }
  }
}
