package io.handshakelab.x509;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/** A public key on a curve that has a name (RFC 5480 §2). */
record EcKey(Weierstrass curve, CurvePoint q) {
  /** A curve of one's own could be made so that its maker knows the private key of any point. */
  static final String NO_NAME =
      "its curve is written out instead of named, which RFC 5480 §2.1.1 forbids in certificates";

  /**
   * @throws UnusableKey also where the curve's numbers stand in the key itself: RFC 5480 §2.1.1
   *     forbids that, for then a forger can choose them
   */
  static EcKey of(SubjectPublicKeyInfo info) throws UnusableKey {
    if (!info.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      throw new UnusableKey("it is not a key on an elliptic curve");
    }
    if (!(info.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier name)) {
      throw new UnusableKey(NO_NAME);
    }
    X9ECParameters curve = ECNamedCurveTable.getByOID(name);
    if (curve == null) {
      throw new UnusableKey("the curve " + name.getId() + " is not known");
    }
    if (!ECAlgorithms.isFpCurve(curve.getCurve())) {
      throw new UnusableKey("its curve is over a binary field, which is not opened here");
    }
    byte[] octets = KeyOctets.of(info).toArray();
    ECPoint q;
    try {
      q = curve.getCurve().decodePoint(octets).normalize();
    } catch (RuntimeException e) {
      throw new UnusableKey("it is no point of its curve: " + ParsedCertificate.oneLine(e));
    }
    if (q.isInfinity()) {
      throw new UnusableKey("it is the point at infinity");
    }
    Weierstrass read =
        new Weierstrass(
            AlgorithmText.curve(name),
            curve.getCurve().getField().getCharacteristic(),
            curve.getCurve().getA().toBigInteger(),
            curve.getCurve().getB().toBigInteger(),
            curve.getN(),
            point(curve.getG()));
    return new EcKey(read, point(q));
  }

  private static CurvePoint point(ECPoint point) {
    ECPoint affine = point.normalize();
    return new CurvePoint(
        affine.getAffineXCoord().toBigInteger(), affine.getAffineYCoord().toBigInteger());
  }
}
