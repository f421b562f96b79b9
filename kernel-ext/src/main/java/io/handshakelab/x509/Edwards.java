package io.handshakelab.x509;

import static java.math.BigInteger.ONE;
import static java.math.BigInteger.TWO;
import static java.math.BigInteger.ZERO;

import io.handshakelab.bytes.Bytes;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A twisted Edwards curve a·x² + y² = 1 + d·x²·y² modulo p (RFC 8032 §5). One rule adds any two of
 * its points; (0, 1) is nothing. Not for secrets: it takes no equal time.
 *
 * @param octets of an encoded point, and of half a signature
 * @param order how many steps of G lead back to nothing
 */
record Edwards(
    String name,
    int octets,
    BigInteger p,
    BigInteger a,
    BigInteger d,
    BigInteger order,
    CurvePoint g) {

  private static final BigInteger P25519 = ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger P448 =
      ONE.shiftLeft(448).subtract(ONE.shiftLeft(224)).subtract(ONE);

  /** RFC 8032 §5.1. */
  static final Edwards ED25519 =
      new Edwards(
          "Ed25519",
          32,
          P25519,
          P25519.subtract(ONE),
          BigInteger.valueOf(-121665)
              .multiply(BigInteger.valueOf(121666).modInverse(P25519))
              .mod(P25519),
          ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493")),
          new CurvePoint(
              new BigInteger(
                  "15112221349535400772501151409588531511454012693041857206046113283949847762202"),
              new BigInteger(
                  "46316835694926478169428394003475163141307993866256225615783033603165251855960")));

  /** RFC 8032 §5.2. */
  static final Edwards ED448 =
      new Edwards(
          "Ed448",
          57,
          P448,
          ONE,
          P448.subtract(BigInteger.valueOf(39081)),
          ONE.shiftLeft(446)
              .subtract(
                  new BigInteger(
                      "13818066809895115352007386748515426880336692474882178609894547503885")),
          new CurvePoint(
              new BigInteger(
                  "22458004029592430018760433409989603624678964163256413424612546168695"
                      + "0415467406032909029192869357953282578032075146446173674602635247710"),
              new BigInteger(
                  "29881921007848149267601793044393067343754404015408024209592824137233"
                      + "1506189835876003536878655418784733982303233503462500531545062832660")));

  /** RFC 8032 §5.1.3 and §5.2.3; null for what is no point, or not in its only encoding. */
  @Nullable CurvePoint decode(Bytes encoded) {
    BigInteger number = littleEndian(encoded);
    int signBit = 8 * octets - 1;
    boolean odd = number.testBit(signBit);
    BigInteger y = number.clearBit(signBit);
    if (y.compareTo(p) >= 0) {
      return null;
    }
    BigInteger y2 = y.multiply(y).mod(p);
    BigInteger below = d.multiply(y2).subtract(a).mod(p);
    BigInteger x2 = y2.subtract(ONE).multiply(below.modInverse(p)).mod(p);
    BigInteger x = root(x2);
    if (x == null || (x.signum() == 0 && odd)) {
      return null;
    }
    return new CurvePoint(x.testBit(0) == odd ? x : p.subtract(x), y);
  }

  private @Nullable BigInteger root(BigInteger square) {
    BigInteger root;
    if (p.testBit(1)) { // p = 3 modulo 4
      root = square.modPow(p.add(ONE).shiftRight(2), p);
    } else { // p = 5 modulo 8
      root = square.modPow(p.add(BigInteger.valueOf(3)).shiftRight(3), p);
      if (!root.multiply(root).mod(p).equals(square)) {
        root = root.multiply(TWO.modPow(p.subtract(ONE).shiftRight(2), p)).mod(p);
      }
    }
    return root.multiply(root).mod(p).equals(square) ? root : null;
  }

  CurvePoint times(BigInteger k, CurvePoint point) {
    Projective one = new Projective(point.x(), point.y(), ONE);
    Projective sum = new Projective(ZERO, ONE, ONE);
    for (int bit = k.bitLength() - 1; bit >= 0; bit--) {
      sum = plus(sum, sum);
      if (k.testBit(bit)) {
        sum = plus(sum, one);
      }
    }
    return affine(sum);
  }

  CurvePoint plus(CurvePoint one, CurvePoint other) {
    return affine(
        plus(new Projective(one.x(), one.y(), ONE), new Projective(other.x(), other.y(), ONE)));
  }

  private CurvePoint affine(Projective point) {
    BigInteger inverse = point.z.modInverse(p);
    return new CurvePoint(point.x.multiply(inverse).mod(p), point.y.multiply(inverse).mod(p));
  }

  private Projective plus(Projective s, Projective t) {
    BigInteger zz = s.z.multiply(t.z).mod(p);
    BigInteger zz2 = zz.multiply(zz).mod(p);
    BigInteger xx = s.x.multiply(t.x).mod(p);
    BigInteger yy = s.y.multiply(t.y).mod(p);
    BigInteger e = d.multiply(xx).mod(p).multiply(yy).mod(p);
    BigInteger f = zz2.subtract(e);
    BigInteger g = zz2.add(e);
    BigInteger cross = s.x.add(s.y).multiply(t.x.add(t.y)).subtract(xx).subtract(yy).mod(p);
    BigInteger x = zz.multiply(f).mod(p).multiply(cross).mod(p);
    BigInteger straight = yy.subtract(a.multiply(xx)).mod(p);
    BigInteger y = zz.multiply(g).mod(p).multiply(straight).mod(p);
    return new Projective(x, y, f.multiply(g).mod(p));
  }

  static BigInteger littleEndian(Bytes octets) {
    byte[] turned = new byte[octets.length()];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = (byte) octets.u8(turned.length - 1 - i);
    }
    return new BigInteger(1, turned);
  }

  /** x/z and y/z. */
  private record Projective(BigInteger x, BigInteger y, BigInteger z) {}
}
