package io.handshakelab.lab.ca;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Writes a certificate as RFC 5280 §4 wants it. */
final class CertificateWriter {
  private CertificateWriter() {}

  /**
   * @param issuer null if it signs itself
   */
  static X509Certificate write(
      Order order,
      PublicKey key,
      @Nullable X509Certificate issuer,
      PrivateKey signingKey,
      Instant notBefore,
      Instant notAfter) {
    X500Name subject =
        new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, order.name()).build();
    X500Name issuerName =
        issuer == null
            ? subject
            : X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded());
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuerName, serial(), Date.from(notBefore), Date.from(notAfter), subject, key);
    try {
      JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
      builder.addExtension(
          Extension.basicConstraints, true, new BasicConstraints(order.authority()));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage(order, key)));
      if (!order.authority()) {
        builder.addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes(order)));
      }
      List<GeneralName> names = AlternativeNames.of(order);
      if (!names.isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(names.toArray(new GeneralName[0])));
      }
      builder.addExtension(
          Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          issuer == null
              ? identifiers.createAuthorityKeyIdentifier(key)
              : identifiers.createAuthorityKeyIdentifier(issuer.getPublicKey()));
      byte[] der =
          builder
              .build(new JcaContentSignerBuilder(KeyKind.signature(signingKey)).build(signingKey))
              .getEncoded();
      return read(der);
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("a certificate for " + order.name() + " cannot be made", e);
    }
  }

  static X509Certificate read(byte[] der) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  private static int usage(Order order, PublicKey key) {
    if (order.authority()) {
      return KeyUsage.keyCertSign | KeyUsage.cRLSign;
    }
    // keyEncipherment is for the RSA key exchange of TLS 1.2 (RFC 5246 §7.4.2).
    return key.getAlgorithm().equals("RSA") && !order.client()
        ? KeyUsage.digitalSignature | KeyUsage.keyEncipherment
        : KeyUsage.digitalSignature;
  }

  private static KeyPurposeId[] purposes(Order order) {
    List<KeyPurposeId> purposes = new ArrayList<>();
    boolean mail = AlternativeNames.isMail(order.name());
    purposes.add(
        order.client() || mail ? KeyPurposeId.id_kp_clientAuth : KeyPurposeId.id_kp_serverAuth);
    if (mail) {
      purposes.add(KeyPurposeId.id_kp_emailProtection);
    }
    return purposes.toArray(new KeyPurposeId[0]);
  }

  /** Positive, and at most 20 bytes (RFC 5280 §4.1.2.2). */
  private static BigInteger serial() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    bytes[0] = (byte) ((bytes[0] & 0x3f) | 0x40);
    return new BigInteger(1, bytes);
  }
}
