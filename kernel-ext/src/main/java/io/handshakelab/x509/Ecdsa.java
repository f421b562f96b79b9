package io.handshakelab.x509;

import static io.handshakelab.x509.CurvePoint.hex;

import io.handshakelab.bytes.Hex;
import io.handshakelab.bytes.Malformed;
import java.math.BigInteger;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * ECDSA (FIPS 186-5 §6.4.2, SEC 1 §4.1.4): with w = 1/s, the point R = (z·w)·G + (r·w)·Q must have
 * r as its first number.
 */
final class Ecdsa implements SignatureFamily {
  private static final String FIPS = "FIPS 186-5 §6.4.2, ";

  /** RFC 5758 §3.2; SHA-3 as FIPS 202 and NIST's list of algorithms have it. */
  private static final Map<ASN1ObjectIdentifier, Hash> HASHES =
      Map.of(
          X9ObjectIdentifiers.ecdsa_with_SHA1, Hash.SHA1,
          X9ObjectIdentifiers.ecdsa_with_SHA224, Hash.SHA224,
          X9ObjectIdentifiers.ecdsa_with_SHA256, Hash.SHA256,
          X9ObjectIdentifiers.ecdsa_with_SHA384, Hash.SHA384,
          X9ObjectIdentifiers.ecdsa_with_SHA512, Hash.SHA512,
          NISTObjectIdentifiers.id_ecdsa_with_sha3_224, Hash.SHA3_224,
          NISTObjectIdentifiers.id_ecdsa_with_sha3_256, Hash.SHA3_256,
          NISTObjectIdentifiers.id_ecdsa_with_sha3_384, Hash.SHA3_384,
          NISTObjectIdentifiers.id_ecdsa_with_sha3_512, Hash.SHA3_512);

  /** Points as pairs, infinity as None. */
  private static final String RULE =
      """
      def add(P, Q):
          if P is None or Q is None: return P or Q
          if P[0] == Q[0] and (P[1] + Q[1]) % p == 0: return None
          m = (3 * P[0]**2 + a) * pow(2 * P[1], -1, p) if P == Q else (Q[1] - P[1]) * pow(Q[0] - P[0], -1, p)
          x = (m * m - P[0] - Q[0]) % p
          return (x, (m * (P[0] - x) - P[1]) % p)
      def mul(k, P):
          S = None
          while k:
              S, P, k = add(S, P) if k & 1 else S, add(P, P), k >> 1
          return S\
      """;

  private static final String RULE_TEXT =
      """
      P + Q = (x, y) with x = m² − x1 − x2 and y = m·(x1 − x) − y1, modulo p,
      where m = (y2 − y1)/(x2 − x1), or (3·x1² + a)/(2·y1) if P = Q;
      k·P by doubling, and adding where k has a bit\
      """;

  @Override
  public boolean opens(ASN1ObjectIdentifier algorithm) {
    return HASHES.containsKey(algorithm);
  }

  @Override
  public void walk(Signed signed, StepList steps) throws UnusableKey {
    Hash hash = HASHES.get(signed.algorithm().getAlgorithm());
    if (hash == null) {
      throw new UnusableKey("it signs in another way");
    }
    EcKey key = EcKey.of(signed.key());
    Weierstrass curve = key.curve();
    steps.add(
        "key",
        "Q = (issuer.public_key().public_numbers().x, issuer.public_key().public_numbers().y)",
        "RFC 5480 §2.2",
        key.q().text());
    steps.add("curve", parameters(curve), "RFC 5480 §2.1.1.1", text(curve));
    steps.decide(
        "on_curve",
        "print((Q[1]**2 - Q[0]**3 - a * Q[0] - b) % p == 0)",
        "SEC 1 §3.2.2.1",
        curve.contains(key.q()));
    steps.add("subject", SignatureScript.SUBJECT, "RFC 5280 §4.1", signed.subject());
    NumberPair pair;
    try {
      pair = NumberPair.of(signed.signature());
    } catch (Malformed e) {
      String why = "False: the signature is not two numbers in DER: " + e.getMessage();
      steps.decide("signature", SignatureScript.PAIR, "RFC 5480 §2.2; RFC 3279 §2.2.3", why, false);
      return;
    }
    BigInteger r = pair.r();
    BigInteger s = pair.s();
    BigInteger n = curve.n();
    String both = "r = " + hex(r) + "\ns = " + hex(s);
    steps.add("signature", SignatureScript.PAIR, "RFC 3279 §2.2.3", both);
    boolean inside = r.signum() > 0 && s.signum() > 0 && r.compareTo(n) < 0 && s.compareTo(n) < 0;
    steps.decide("range", "print(0 < r < n and 0 < s < n)", FIPS + "step 1", inside);
    steps.add("tbs", SignatureScript.TBS, "RFC 5280 §4.1.1.3", signed.message().hex());
    byte[] digest = hash.digest(signed.message().toArray());
    steps.add("hash", "digest = " + SignatureScript.hash(hash), FIPS + "step 2", Hex.of(digest));
    if (!inside) {
      return;
    }
    BigInteger z = leftmost(digest, n.bitLength());
    String cut = "z = int(digest, 16) >> max(0, 4 * len(digest) - n.bit_length())";
    steps.add("z", cut, FIPS + "step 3", hex(z));
    BigInteger w = s.modInverse(n);
    steps.add("inverse", "w = pow(s, -1, n)", FIPS + "step 4", hex(w));
    BigInteger u1 = z.multiply(w).mod(n);
    steps.add("u1", "u1 = z * w % n", FIPS + "step 5", hex(u1));
    BigInteger u2 = r.multiply(w).mod(n);
    steps.add("u2", "u2 = r * w % n", FIPS + "step 5", hex(u2));
    steps.add("rule", RULE, "SEC 1 §2.2.1", RULE_TEXT);
    CurvePoint point = curve.sum(u1, u2, key.q());
    steps.add(
        "point",
        "R = add(mul(u1, G), mul(u2, Q))",
        FIPS + "step 6",
        point == null ? "the point at infinity" : point.text());
    boolean equal = point != null && point.x().mod(n).equals(r);
    String compare = "print(R is not None and R[0] % n == r)";
    steps.decide("equal", compare, FIPS + "steps 7 to 9", equal);
  }

  /** The first bits of a digest, as many as n has (FIPS 186-5 §6.4.1, step 2). */
  static BigInteger leftmost(byte[] digest, int bits) {
    return new BigInteger(1, digest).shiftRight(Math.max(0, 8 * digest.length - bits));
  }

  private static String parameters(Weierstrass c) {
    return String.format(
        "p, a, b, n, G = %s, %s, %s, %s, (%s, %s)",
        hex(c.p()), hex(c.a()), hex(c.b()), hex(c.n()), hex(c.g().x()), hex(c.g().y()));
  }

  private static String text(Weierstrass c) {
    return c.name()
        + ": y² = x³ + ax + b modulo p\np = "
        + hex(c.p())
        + "\na = "
        + hex(c.a())
        + "\nb = "
        + hex(c.b())
        + "\nn = "
        + hex(c.n())
        + "\nG = ("
        + hex(c.g().x())
        + ", "
        + hex(c.g().y())
        + ")";
  }
}
