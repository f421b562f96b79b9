package io.handshakelab.x509;

import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/** What TLS calls by a number (RFC 8446 §4.2.3, RFC 5246 §7.4.1.4.1) as certificates call it. */
final class SchemeAlgorithm {
  /** No scheme is named, as before TLS 1.2. */
  static final int BY_KEY = -1;

  private SchemeAlgorithm() {}

  /** Null for what is not known. */
  static @Nullable AlgorithmIdentifier of(int scheme, SubjectPublicKeyInfo key) {
    return scheme == BY_KEY ? old(key.getAlgorithm().getAlgorithm()) : of(scheme);
  }

  /** RFC 2246 §4.7, RFC 8422 §5.4. */
  private static @Nullable AlgorithmIdentifier old(ASN1ObjectIdentifier key) {
    if (key.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      return rsa(RsaMd5Sha1.ALGORITHM);
    }
    if (key.equals(X9ObjectIdentifiers.id_dsa)) {
      return plain(X9ObjectIdentifiers.id_dsa_with_sha1);
    }
    return key.equals(X9ObjectIdentifiers.id_ecPublicKey)
        ? plain(X9ObjectIdentifiers.ecdsa_with_SHA1)
        : null;
  }

  /** Null for what is not known. */
  static @Nullable AlgorithmIdentifier of(int scheme) {
    return switch (scheme) {
      case 0x0101 -> rsa(PKCSObjectIdentifiers.md5WithRSAEncryption);
      case 0x0201 -> rsa(PKCSObjectIdentifiers.sha1WithRSAEncryption);
      case 0x0301 -> rsa(PKCSObjectIdentifiers.sha224WithRSAEncryption);
      case 0x0401 -> rsa(PKCSObjectIdentifiers.sha256WithRSAEncryption);
      case 0x0501 -> rsa(PKCSObjectIdentifiers.sha384WithRSAEncryption);
      case 0x0601 -> rsa(PKCSObjectIdentifiers.sha512WithRSAEncryption);
      case 0x0202 -> plain(X9ObjectIdentifiers.id_dsa_with_sha1);
      case 0x0302 -> plain(NISTObjectIdentifiers.dsa_with_sha224);
      case 0x0402 -> plain(NISTObjectIdentifiers.dsa_with_sha256);
      case 0x0203 -> plain(X9ObjectIdentifiers.ecdsa_with_SHA1);
      case 0x0303 -> plain(X9ObjectIdentifiers.ecdsa_with_SHA224);
      case 0x0403, 0x081a -> plain(X9ObjectIdentifiers.ecdsa_with_SHA256);
      case 0x0503, 0x081b -> plain(X9ObjectIdentifiers.ecdsa_with_SHA384);
      case 0x0603, 0x081c -> plain(X9ObjectIdentifiers.ecdsa_with_SHA512);
      case 0x0804, 0x0809 -> pss(NISTObjectIdentifiers.id_sha256, 32);
      case 0x0805, 0x080a -> pss(NISTObjectIdentifiers.id_sha384, 48);
      case 0x0806, 0x080b -> pss(NISTObjectIdentifiers.id_sha512, 64);
      case 0x0807 -> plain(EdECObjectIdentifiers.id_Ed25519);
      case 0x0808 -> plain(EdECObjectIdentifiers.id_Ed448);
      case 0x0904 -> plain(NISTObjectIdentifiers.id_ml_dsa_44);
      case 0x0905 -> plain(NISTObjectIdentifiers.id_ml_dsa_65);
      case 0x0906 -> plain(NISTObjectIdentifiers.id_ml_dsa_87);
      default -> null;
    };
  }

  private static AlgorithmIdentifier plain(ASN1ObjectIdentifier algorithm) {
    return new AlgorithmIdentifier(algorithm);
  }

  private static AlgorithmIdentifier rsa(ASN1ObjectIdentifier algorithm) {
    return new AlgorithmIdentifier(algorithm, DERNull.INSTANCE);
  }

  /** The salt is as long as the digest. */
  private static AlgorithmIdentifier pss(ASN1ObjectIdentifier hash, int length) {
    AlgorithmIdentifier digest = new AlgorithmIdentifier(hash, DERNull.INSTANCE);
    return new AlgorithmIdentifier(
        PKCSObjectIdentifiers.id_RSASSA_PSS,
        new RSASSAPSSparams(
            digest,
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, digest),
            new ASN1Integer(length),
            new ASN1Integer(BigInteger.ONE)));
  }
}
