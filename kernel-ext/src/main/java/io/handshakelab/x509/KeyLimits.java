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
  /** P-256, P-384 and P-521. */
  private static final Set<ASN1ObjectIdentifier> EVERYWHERE =
      Set.of(
          SECObjectIdentifiers.secp256r1,
          SECObjectIdentifiers.secp384r1,
          SECObjectIdentifiers.secp521r1);

  private KeyLimits() {}

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
      return e.getMessage();
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
        return "its curve has no name, which RFC 5480 §2.1.1 does not allow";
      }
      return null;
    } catch (UnusableKey e) {
      return e.getMessage();
    }
  }
}
