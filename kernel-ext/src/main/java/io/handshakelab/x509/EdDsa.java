package io.handshakelab.x509;

import static io.handshakelab.x509.CurvePoint.hex;

import io.handshakelab.bytes.Bytes;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.jspecify.annotations.Nullable;

/**
 * Ed25519 and Ed448 (RFC 8032 §5.1.7 and §5.2.7): S·B must be R + k·A. As in OpenSSL and the JDK
 * both sides are compared as they are, not times 8 or 4, which RFC 8032 leaves open.
 */
final class EdDsa implements SignatureFamily {
  private static final Bytes CONTEXT = Bytes.utf8("SigEd448\0\0");

  private static final String RULE =
      """
      def add(P, Q):
          t = d * P[0] * Q[0] * P[1] * Q[1]
          return ((P[0] * Q[1] + Q[0] * P[1]) * pow(1 + t, -1, p) % p, (P[1] * Q[1] - a * P[0] * Q[0]) * pow(1 - t, -1, p) % p)
      def mul(k, P):
          S = (0, 1)
          while k:
              S, P, k = add(S, P) if k & 1 else S, add(P, P), k >> 1
          return S
      def decode(octets):
          odd, y = divmod(int.from_bytes(octets, "little"), 1 << 8 * len(octets) - 1)
          x2 = (y * y - 1) * pow(d * y * y - a, -1, p) % p
          x = pow(x2, (p + 1) // 4, p) if p % 4 == 3 else pow(x2, (p + 3) // 8, p)
          if x * x % p != x2: x = x * pow(2, (p - 1) // 4, p) % p
          assert y < p and x * x % p == x2 and (x or not odd)
          return (x if x % 2 == odd else p - x, y)\
      """;

  private static final String RULE_TEXT =
      """
      P + Q = ((x1·y2 + x2·y1)/(1 + t), (y1·y2 − a·x1·x2)/(1 − t)) with t = d·x1·x2·y1·y2, modulo p;
      k·P by doubling, and adding where k has a bit;
      an encoded point is y, lowest octet first, with the lowest bit of x on top\
      """;

  @Override
  public boolean opens(ASN1ObjectIdentifier algorithm) {
    return curve(algorithm) != null;
  }

  private static @Nullable Edwards curve(ASN1ObjectIdentifier algorithm) {
    if (algorithm.equals(EdECObjectIdentifiers.id_Ed25519)) {
      return Edwards.ED25519;
    }
    return algorithm.equals(EdECObjectIdentifiers.id_Ed448) ? Edwards.ED448 : null;
  }

  @Override
  public void walk(Signed signed, StepList steps) throws UnusableKey {
    ASN1ObjectIdentifier algorithm = signed.algorithm().getAlgorithm();
    Edwards curve = curve(algorithm);
    if (curve == null || !algorithm.equals(signed.key().getAlgorithm().getAlgorithm())) {
      throw new UnusableKey("it is not a key for " + AlgorithmText.signature(algorithm));
    }
    String section = curve.equals(Edwards.ED25519) ? "§5.1" : "§5.2";
    String verify = "RFC 8032 " + section + ".7";
    Bytes key = KeyOctets.of(signed.key());
    String keyLine = "key = issuer.public_key().public_bytes_raw()";
    if (key.length() != curve.octets()) {
      throw new UnusableKey("it has " + key.length() + " octets, not " + curve.octets());
    }
    steps.add("key", keyLine, "RFC 8410 §4", key.hex());
    steps.add("curve", parameters(curve), "RFC 8032 " + section, text(curve));
    steps.add("rule", RULE, "RFC 8032 " + section + ".3, " + section + ".4", RULE_TEXT);
    CurvePoint a = point("A", "A = decode(key)", verify, curve, key, steps);
    steps.add("subject", SignatureScript.SUBJECT, "RFC 5280 §4.1", signed.subject());
    int half = curve.octets();
    boolean whole = signed.signature().length() == 2 * half;
    String cut =
        "r, S = subject.signature[:"
            + half
            + "], int.from_bytes(subject.signature["
            + half
            + ":], "
            + "\"little\")";
    if (!whole) {
      String why = "False: it has " + signed.signature().length() + " octets, not " + 2 * half;
      steps.decide("signature", cut, verify + ", step 1", why, false);
      return;
    }
    Bytes r = signed.signature().slice(0, half);
    BigInteger s = Edwards.littleEndian(signed.signature().from(half));
    steps.add("signature", cut, verify + ", step 1", "r = " + r.hex() + "\nS = " + hex(s));
    boolean inside = s.compareTo(curve.order()) < 0;
    steps.decide("range", "print(S < L)", verify + ", step 1", inside);
    CurvePoint first = point("R", "R = decode(r)", verify + ", step 1", curve, r, steps);
    steps.add("tbs", SignatureScript.TBS, "RFC 5280 §4.1.1.3", signed.message().hex());
    BigInteger k = hash(curve, r, key, signed.message());
    String input = "r + key + " + SignatureScript.TBS;
    String digest =
        curve.equals(Edwards.ED25519)
            ? "hashlib.sha512(" + input + ").digest()"
            : "hashlib.shake_256(b\"SigEd448\\0\\0\" + " + input + ").digest(114)";
    String number = "k = int.from_bytes(" + digest + ", \"little\") % L";
    steps.add("k", number, verify + ", step 2", hex(k));
    if (a == null || first == null || !inside) {
      return;
    }
    CurvePoint left = curve.times(s, curve.g());
    steps.add("left", "left = mul(S, B)", verify + ", step 3", left.text());
    CurvePoint right = curve.plus(first, curve.times(k, a));
    steps.add("right", "right = add(R, mul(k, A))", verify + ", step 3", right.text());
    steps.decide("equal", "print(left == right)", verify + ", step 3", left.equals(right));
  }

  private static @Nullable CurvePoint point(
      String name, String line, String rfc, Edwards curve, Bytes encoded, StepList steps) {
    CurvePoint point = curve.decode(encoded);
    if (point == null) {
      steps.decide(name, line, rfc, "it is no point of the curve", false);
    } else {
      steps.add(name, line, rfc, point.text());
    }
    return point;
  }

  private static BigInteger hash(Edwards curve, Bytes r, Bytes key, Bytes message) {
    byte[] input = Bytes.concat(java.util.List.of(r, key, message)).toArray();
    byte[] digest;
    if (curve.equals(Edwards.ED25519)) {
      digest = Hash.SHA512.digest(input);
    } else {
      digest = new byte[114];
      SHAKEDigest shake = new SHAKEDigest(256);
      shake.update(CONTEXT.toArray(), 0, CONTEXT.length());
      shake.update(input, 0, input.length);
      shake.doFinal(digest, 0, digest.length);
    }
    return Edwards.littleEndian(Bytes.wrap(digest)).mod(curve.order());
  }

  private static String parameters(Edwards c) {
    return String.format(
        "p, a, d, L, B = %s, %s, %s, %s, (%s, %s)",
        hex(c.p()), hex(c.a()), hex(c.d()), hex(c.order()), hex(c.g().x()), hex(c.g().y()));
  }

  private static String text(Edwards c) {
    return c.name()
        + ": ax² + y² = 1 + dx²y² modulo p\np = "
        + hex(c.p())
        + "\na = "
        + hex(c.a())
        + "\nd = "
        + hex(c.d())
        + "\nL = "
        + hex(c.order())
        + "\nB = ("
        + hex(c.g().x())
        + ", "
        + hex(c.g().y())
        + ")";
  }
}
