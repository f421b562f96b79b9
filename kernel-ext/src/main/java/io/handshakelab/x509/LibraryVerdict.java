package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Whether a certificate was signed by the key of another, as a library sees it.
 *
 * @param by who says so, with the method that was asked
 * @param reason why not; empty if it was
 */
record LibraryVerdict(boolean ok, String by, String reason) {
  private static final String JDK = "the JDK (X509Certificate.verify)";
  private static final String BOUNCY = "Bouncy Castle (X509Certificate.verify)";

  static LibraryVerdict of(Bytes subject, Bytes issuer) {
    try {
      return of(ParsedCertificate.parse(subject), ParsedCertificate.parse(issuer));
    } catch (Malformed e) {
      return new LibraryVerdict(false, JDK, ParsedCertificate.oneLine(e));
    }
  }

  static LibraryVerdict of(ParsedCertificate subject, ParsedCertificate issuer) {
    String unusable = KeyLimits.unusable(issuer.publicKey());
    if (unusable != null) {
      return new LibraryVerdict(false, JDK, "it was not asked: " + unusable);
    }
    if (KeyLimits.onRareCurve(issuer.publicKey())) {
      return bouncy(subject.bytes(), issuer.bytes());
    }
    try {
      certificate(subject.bytes()).verify(certificate(issuer.bytes()).getPublicKey());
      return new LibraryVerdict(true, JDK, "");
    } catch (SignatureException e) {
      return new LibraryVerdict(false, JDK, "");
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      // ML-DSA, for one, is not in every JDK.
      return bouncy(subject.bytes(), issuer.bytes());
    } catch (GeneralSecurityException | RuntimeException e) {
      return new LibraryVerdict(false, JDK, ParsedCertificate.oneLine(e));
    }
  }

  /** The JDK's reading of a certificate. */
  static X509Certificate certificate(Bytes der) throws CertificateException {
    return read(CertificateFactory.getInstance("X.509"), der);
  }

  private static LibraryVerdict bouncy(Bytes subject, Bytes issuer) {
    try {
      Provider provider = Bouncy.PROVIDER;
      CertificateFactory factory = CertificateFactory.getInstance("X.509", provider);
      read(factory, subject).verify(read(factory, issuer).getPublicKey(), provider);
      return new LibraryVerdict(true, BOUNCY, "");
    } catch (SignatureException e) {
      return new LibraryVerdict(false, BOUNCY, "");
    } catch (GeneralSecurityException | RuntimeException e) {
      return new LibraryVerdict(false, BOUNCY, ParsedCertificate.oneLine(e));
    }
  }

  private static X509Certificate read(CertificateFactory factory, Bytes der)
      throws CertificateException {
    try {
      ByteArrayInputStream in = new ByteArrayInputStream(der.toArray());
      if (factory.generateCertificate(in) instanceof X509Certificate read) {
        return read;
      }
    } catch (RuntimeException e) {
      throw new CertificateException(ParsedCertificate.oneLine(e), e);
    }
    throw new CertificateException("not an X.509 certificate");
  }

  /** The provider, of its own: it is not entered in Java's list. */
  static Provider bouncyCastle() {
    return Bouncy.PROVIDER;
  }

  /** Made only when it is needed: it takes a tenth of a second. */
  private static final class Bouncy {
    static final Provider PROVIDER = new BouncyCastleProvider();
  }
}
