package io.handshakelab.x509;

import static java.math.BigInteger.ONE;
import static java.math.BigInteger.ZERO;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A curve y² = x³ + ax + b modulo a prime p (SEC 1 §2.2.1), with a point G that comes back to
 * infinity after n steps. Sums are made in Jacobian coordinates, x = X/Z² and y = Y/Z³, so that
 * only the last step divides. Not for secrets: it takes no equal time.
 */
record Weierstrass(
    String name, BigInteger p, BigInteger a, BigInteger b, BigInteger n, CurvePoint g) {

  boolean contains(CurvePoint point) {
    BigInteger x = point.x();
    BigInteger right = x.multiply(x).add(a).multiply(x).add(b);
    return point.y().multiply(point.y()).subtract(right).mod(p).signum() == 0;
  }

  /** u1·G + u2·Q, or null for the point at infinity. Both are doubled together (Shamir's trick). */
  @Nullable CurvePoint sum(BigInteger u1, BigInteger u2, CurvePoint q) {
    CurvePoint both = affine(plus(new Jacobian(g.x(), g.y(), ONE), q));
    Jacobian sum = new Jacobian(ONE, ONE, ZERO);
    for (int bit = Math.max(u1.bitLength(), u2.bitLength()) - 1; bit >= 0; bit--) {
      sum = twice(sum);
      boolean one = u1.testBit(bit);
      boolean two = u2.testBit(bit);
      if (one && two) {
        sum = both == null ? sum : plus(sum, both);
      } else if (one) {
        sum = plus(sum, g);
      } else if (two) {
        sum = plus(sum, q);
      }
    }
    return affine(sum);
  }

  private @Nullable CurvePoint affine(Jacobian point) {
    if (point.z.signum() == 0) {
      return null;
    }
    BigInteger inverse = point.z.modInverse(p);
    BigInteger square = inverse.multiply(inverse).mod(p);
    return new CurvePoint(
        point.x.multiply(square).mod(p), point.y.multiply(square.multiply(inverse)).mod(p));
  }

  private Jacobian twice(Jacobian point) {
    if (point.z.signum() == 0 || point.y.signum() == 0) {
      return new Jacobian(ONE, ONE, ZERO);
    }
    BigInteger y2 = point.y.multiply(point.y).mod(p);
    BigInteger s = point.x.multiply(y2).shiftLeft(2).mod(p);
    BigInteger z2 = point.z.multiply(point.z).mod(p);
    BigInteger x2 = point.x.multiply(point.x);
    BigInteger m = x2.add(x2.shiftLeft(1)).add(a.multiply(z2.multiply(z2).mod(p))).mod(p);
    BigInteger x = m.multiply(m).subtract(s.shiftLeft(1)).mod(p);
    BigInteger y = m.multiply(s.subtract(x)).subtract(y2.multiply(y2).shiftLeft(3)).mod(p);
    return new Jacobian(x, y, point.y.multiply(point.z).shiftLeft(1).mod(p));
  }

  private Jacobian plus(Jacobian one, CurvePoint other) {
    if (one.z.signum() == 0) {
      return new Jacobian(other.x(), other.y(), ONE);
    }
    BigInteger z2 = one.z.multiply(one.z).mod(p);
    BigInteger h = other.x().multiply(z2).subtract(one.x).mod(p);
    BigInteger r = other.y().multiply(z2.multiply(one.z).mod(p)).subtract(one.y).mod(p);
    if (h.signum() == 0) {
      return r.signum() == 0 ? twice(one) : new Jacobian(ONE, ONE, ZERO);
    }
    BigInteger h2 = h.multiply(h).mod(p);
    BigInteger h3 = h2.multiply(h).mod(p);
    BigInteger xh2 = one.x.multiply(h2).mod(p);
    BigInteger x = r.multiply(r).subtract(h3).subtract(xh2.shiftLeft(1)).mod(p);
    BigInteger y = r.multiply(xh2.subtract(x)).subtract(one.y.multiply(h3)).mod(p);
    return new Jacobian(x, y, one.z.multiply(h).mod(p));
  }

  /** Infinity where z is 0. */
  private record Jacobian(BigInteger x, BigInteger y, BigInteger z) {}
}
