package io.handshakelab.x509;

import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;

/**
 * How an RSASSA-PSS signature was made (RFC 4055 §3.1).
 *
 * @param hash of the message
 * @param mask of the mask generation function MGF1
 */
record PssParameters(Hash hash, Hash mask, int saltLength) {

  /** Those of a signature, checked against those that the key may be bound to (§3.3). */
  static PssParameters of(AlgorithmIdentifier algorithm, SubjectPublicKeyInfo key)
      throws UnusableKey {
    PssParameters own = read(algorithm.getParameters());
    boolean bound =
        key.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS)
            && key.getAlgorithm().getParameters() != null;
    if (bound) {
      PssParameters wanted = read(key.getAlgorithm().getParameters());
      if (own.hash != wanted.hash
          || own.mask != wanted.mask
          || own.saltLength < wanted.saltLength) {
        throw new UnusableKey(
            "it is only for " + wanted.text() + ", and the signature has " + own.text());
      }
    }
    return own;
  }

  /** The hash function alone, or null if it is not known. */
  static @Nullable Hash hash(AlgorithmIdentifier algorithm) {
    try {
      return read(algorithm.getParameters()).hash;
    } catch (UnusableKey e) {
      return null;
    }
  }

  private static PssParameters read(@Nullable ASN1Encodable encoded) throws UnusableKey {
    RSASSAPSSparams read;
    Hash mask = null;
    Hash hash;
    BigInteger salt;
    boolean usual;
    try {
      read = encoded == null ? new RSASSAPSSparams() : RSASSAPSSparams.getInstance(encoded);
      hash = Hash.of(read.getHashAlgorithm().getAlgorithm());
      AlgorithmIdentifier generator = read.getMaskGenAlgorithm();
      if (generator.getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1)) {
        mask = Hash.of(AlgorithmIdentifier.getInstance(generator.getParameters()).getAlgorithm());
      }
      salt = read.getSaltLength();
      usual = read.getTrailerField().equals(BigInteger.ONE);
    } catch (RuntimeException e) {
      throw new UnusableKey("the parameters are malformed: " + ParsedCertificate.oneLine(e));
    }
    if (hash == null || mask == null || !usual) {
      throw new UnusableKey("the parameters name a hash function, mask or trailer not known here");
    }
    if (salt.signum() < 0 || salt.bitLength() > 16) {
      throw new UnusableKey("the salt has an absurd length");
    }
    return new PssParameters(hash, mask, salt.intValueExact());
  }

  String text() {
    return hash.label() + ", MGF1 with " + mask.label() + ", salt of " + saltLength + " octets";
  }
}
