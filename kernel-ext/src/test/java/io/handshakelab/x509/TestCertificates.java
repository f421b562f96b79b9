package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates of any shape, also wrong ones. */
final class TestCertificates {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant END = Instant.parse("2026-12-31T00:00:00Z");

  private TestCertificates() {}

  static KeyPair ec(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  static KeyPair rsa(int bits, long exponent) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(new RSAKeyGenParameterSpec(bits, BigInteger.valueOf(exponent)));
    return generator.generateKeyPair();
  }

  /** An authority's, with key identifiers. */
  static Bytes authority(String subject, PublicKey key, String issuer, KeyPair issuerKey)
      throws Exception {
    X509v3CertificateBuilder builder = builder(subject, key, issuer, BigInteger.TWO);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    identify(builder, key, issuerKey.getPublic());
    return sign(builder, signer(issuerKey));
  }

  /** A server's, with key identifiers. */
  static Bytes server(String name, PublicKey key, String issuer, KeyPair issuerKey)
      throws Exception {
    X509v3CertificateBuilder builder = builder("CN=" + name, key, issuer, BigInteger.TEN);
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
    identify(builder, key, issuerKey.getPublic());
    return sign(builder, signer(issuerKey));
  }

  static X509v3CertificateBuilder builder(
      String subject, PublicKey key, String issuer, BigInteger serial) {
    return new JcaX509v3CertificateBuilder(
        new X500Name(issuer), serial, Date.from(START), Date.from(END), new X500Name(subject), key);
  }

  static Bytes sign(X509v3CertificateBuilder builder, ContentSigner signer) throws Exception {
    return Bytes.wrap(builder.build(signer).getEncoded());
  }

  static ContentSigner signer(KeyPair key) throws Exception {
    String algorithm =
        key.getPrivate().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    return signer(key, algorithm);
  }

  static ContentSigner signer(KeyPair key, String algorithm) throws Exception {
    return new JcaContentSignerBuilder(algorithm).build(key.getPrivate());
  }

  private static void identify(X509v3CertificateBuilder builder, PublicKey key, PublicKey issuerKey)
      throws Exception {
    JcaX509ExtensionUtils utils = new JcaX509ExtensionUtils();
    builder.addExtension(
        Extension.subjectKeyIdentifier, false, utils.createSubjectKeyIdentifier(key));
    builder.addExtension(
        Extension.authorityKeyIdentifier, false, utils.createAuthorityKeyIdentifier(issuerKey));
  }
}
