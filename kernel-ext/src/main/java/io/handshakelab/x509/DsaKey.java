package io.handshakelab.x509;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.DSAParameter;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** The public numbers of a DSA key (RFC 3279 §2.3.2). */
record DsaKey(BigInteger p, BigInteger q, BigInteger g, BigInteger y) {
  /** OpenSSL's limit, so that one power takes milliseconds. */
  private static final int MAX_BITS = 10_000;

  private static final int MAX_ORDER_BITS = 512;

  static DsaKey of(SubjectPublicKeyInfo info) throws UnusableKey {
    if (!info.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_dsa)) {
      throw new UnusableKey("it is not a DSA key");
    }
    if (info.getAlgorithm().getParameters() == null) {
      throw new UnusableKey("its p, q and g are not in it but in its issuer's key");
    }
    DsaKey key;
    try {
      DSAParameter group = DSAParameter.getInstance(info.getAlgorithm().getParameters());
      BigInteger y = ASN1Integer.getInstance(info.parsePublicKey()).getValue();
      key = new DsaKey(group.getP(), group.getQ(), group.getG(), y);
    } catch (IOException | RuntimeException e) {
      throw new UnusableKey(ParsedCertificate.oneLine(e));
    }
    if (key.p.bitLength() > MAX_BITS || key.q.bitLength() > MAX_ORDER_BITS) {
      throw new UnusableKey(
          "p has more than " + MAX_BITS + " bits, or q more than " + MAX_ORDER_BITS);
    }
    if (key.q.compareTo(BigInteger.ONE) <= 0
        || key.p.compareTo(key.q) <= 0
        || key.g.compareTo(BigInteger.ONE) <= 0
        || key.g.compareTo(key.p) >= 0
        || key.y.compareTo(BigInteger.ONE) <= 0
        || key.y.compareTo(key.p) >= 0) {
      throw new UnusableKey("its numbers are not 1 < q < p, 1 < g < p and 1 < y < p");
    }
    return key;
  }
}
