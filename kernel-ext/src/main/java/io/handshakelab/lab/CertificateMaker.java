package io.handshakelab.lab;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/** Writes one certificate at a time, as RFC 5280 §4 wants them; reads like a sentence. */
final class CertificateMaker {
  private final X500Name subject;
  private final X509v3CertificateBuilder builder;
  private final JcaX509ExtensionUtils identifiers;
  private final boolean rsa;

  /**
   * A certificate without extensions as yet.
   *
   * @param serials gives the serial number: positive, 20 bytes (RFC 5280 §4.1.2.2)
   */
  CertificateMaker(
      String commonName,
      PublicKey subjectKey,
      String issuerName,
      SecureRandom serials,
      Instant notBefore,
      Duration life) {
    this.subject = name(commonName);
    this.rsa = subjectKey.getAlgorithm().equals("RSA");
    this.builder =
        new JcaX509v3CertificateBuilder(
            name(issuerName),
            serial(serials),
            Date.from(notBefore),
            Date.from(notBefore.plus(life)),
            subject,
            subjectKey);
    try {
      this.identifiers = new JcaX509ExtensionUtils();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
    add(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(subjectKey));
  }

  /** May sign certificates of authorities without limit (RFC 5280 §4.2.1.9). */
  CertificateMaker authority() {
    return authority(new BasicConstraints(true));
  }

  /** May sign certificates, with at most so many authorities below it. */
  CertificateMaker authority(int authoritiesBelow) {
    return authority(new BasicConstraints(authoritiesBelow));
  }

  private CertificateMaker authority(BasicConstraints constraints) {
    add(Extension.basicConstraints, true, constraints);
    add(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    return this;
  }

  /** Names a server; addresses such as {@code 127.0.0.1} become iPAddress, all others dNSName. */
  CertificateMaker server(String... names) {
    GeneralName[] all =
        Arrays.stream(names).map(CertificateMaker::general).toArray(GeneralName[]::new);
    add(Extension.subjectAlternativeName, false, new GeneralNames(all));
    // keyEncipherment is for the RSA key exchange of TLS 1.2 (RFC 5246 §7.4.2).
    int exchange = rsa ? KeyUsage.keyEncipherment : 0;
    return endUser(KeyUsage.digitalSignature | exchange, KeyPurposeId.id_kp_serverAuth);
  }

  /** A server as it was before RFC 2818: nothing but its common name says which. */
  CertificateMaker serverWithoutNames() {
    return endUser(
        KeyUsage.digitalSignature | KeyUsage.keyEncipherment, KeyPurposeId.id_kp_serverAuth);
  }

  /** Gives a name to what is an authority: the two do not go together. */
  CertificateMaker named(String name) {
    add(Extension.subjectAlternativeName, false, new GeneralNames(general(name)));
    return this;
  }

  /** May sign only for names in this domain (RFC 5280 §4.2.1.10). */
  CertificateMaker permitting(String domain) {
    GeneralSubtree[] permitted = {new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain))};
    add(Extension.nameConstraints, true, new NameConstraints(permitted, null));
    return this;
  }

  /** Where the list of revoked certificates can be got (RFC 5280 §4.2.1.13). */
  CertificateMaker revocationListAt(String url) {
    DistributionPointName place = new DistributionPointName(new GeneralNames(uri(url)));
    DistributionPoint[] points = {new DistributionPoint(place, null, null)};
    add(Extension.cRLDistributionPoints, false, new CRLDistPoint(points));
    return this;
  }

  /** Whom to ask whether it is revoked: {@code id-ad-ocsp} (RFC 6960 §3.1). */
  CertificateMaker responderAt(String url) {
    return access(AccessDescription.id_ad_ocsp, url);
  }

  /** Where the issuer's certificate can be got: {@code id-ad-caIssuers} (RFC 5280 §4.2.2.1). */
  CertificateMaker issuerAt(String url) {
    return access(AccessDescription.id_ad_caIssuers, url);
  }

  private CertificateMaker access(ASN1ObjectIdentifier method, String url) {
    add(
        Extension.authorityInfoAccess,
        false,
        new AuthorityInformationAccess(new AccessDescription(method, uri(url))));
    return this;
  }

  private static GeneralName uri(String url) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, url);
  }

  CertificateMaker client() {
    return endUser(KeyUsage.digitalSignature, KeyPurposeId.id_kp_clientAuth);
  }

  private CertificateMaker endUser(int usage, KeyPurposeId purpose) {
    add(Extension.basicConstraints, true, new BasicConstraints(false));
    add(Extension.keyUsage, true, new KeyUsage(usage));
    add(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    return this;
  }

  X509Certificate signedBy(PublicKey issuerKey, PrivateKey signingKey) {
    return signedBy(issuerKey, signingKey, "SHA256withRSA");
  }

  /**
   * @param algorithm as Java names it
   */
  X509Certificate signedBy(PublicKey issuerKey, PrivateKey signingKey, String algorithm) {
    add(
        Extension.authorityKeyIdentifier,
        false,
        identifiers.createAuthorityKeyIdentifier(issuerKey));
    try {
      byte[] der =
          builder.build(new JcaContentSignerBuilder(algorithm).build(signingKey)).getEncoded();
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("a certificate for " + subject + " cannot be made", e);
    }
  }

  private void add(
      ASN1ObjectIdentifier extension, boolean critical, org.bouncycastle.asn1.ASN1Encodable value) {
    try {
      builder.addExtension(extension, critical, value);
    } catch (IOException e) {
      throw new IllegalStateException("an extension cannot be written", e);
    }
  }

  private static X500Name name(String commonName) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
  }

  private static GeneralName general(String name) {
    return new GeneralName(
        IPAddress.isValid(name) ? GeneralName.iPAddress : GeneralName.dNSName, name);
  }

  /** The top bit is clear, so that it is positive; the next is set, so that it has all 20 bytes. */
  private static BigInteger serial(SecureRandom random) {
    byte[] bytes = new byte[20];
    random.nextBytes(bytes);
    bytes[0] = (byte) ((bytes[0] & 0x3f) | 0x40);
    return new BigInteger(1, bytes);
  }
}
