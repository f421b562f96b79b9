package io.handshakelab.x509;

import static io.handshakelab.x509.CurvePoint.hex;

import io.handshakelab.bytes.Hex;
import io.handshakelab.bytes.Malformed;
import java.math.BigInteger;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** DSA (FIPS 186-4 §4.7): v = (g^u1 · y^u2 mod p) mod q must be r. */
final class Dsa implements SignatureFamily {
  private static final String FIPS = "FIPS 186-4 §4.7";

  /** RFC 5758 §3.1; the others as NIST's list of algorithms has them. */
  private static final Map<ASN1ObjectIdentifier, Hash> HASHES =
      Map.of(
          X9ObjectIdentifiers.id_dsa_with_sha1, Hash.SHA1,
          NISTObjectIdentifiers.dsa_with_sha224, Hash.SHA224,
          NISTObjectIdentifiers.dsa_with_sha256, Hash.SHA256,
          NISTObjectIdentifiers.dsa_with_sha384, Hash.SHA384,
          NISTObjectIdentifiers.dsa_with_sha512, Hash.SHA512);

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
    DsaKey key = DsaKey.of(signed.key());
    steps.add(
        "key",
        "key = issuer.public_key().public_numbers(); p, q, g, y = key.parameter_numbers.p,"
            + " key.parameter_numbers.q, key.parameter_numbers.g, key.y",
        "RFC 3279 §2.3.2",
        "p = "
            + hex(key.p())
            + "\nq = "
            + hex(key.q())
            + "\ng = "
            + hex(key.g())
            + "\ny = "
            + hex(key.y()));
    steps.add("subject", SignatureScript.SUBJECT, "RFC 5280 §4.1", signed.subject());
    NumberPair pair;
    try {
      pair = NumberPair.of(signed.signature());
    } catch (Malformed e) {
      String why = "False: the signature is not two numbers in DER: " + e.getMessage();
      steps.decide("signature", SignatureScript.PAIR, "RFC 3279 §2.2.2", why, false);
      return;
    }
    BigInteger r = pair.r();
    BigInteger s = pair.s();
    BigInteger q = key.q();
    String both = "r = " + hex(r) + "\ns = " + hex(s);
    steps.add("signature", SignatureScript.PAIR, "RFC 3279 §2.2.2", both);
    boolean inside = r.signum() > 0 && s.signum() > 0 && r.compareTo(q) < 0 && s.compareTo(q) < 0;
    steps.decide("range", "print(0 < r < q and 0 < s < q)", FIPS, inside);
    steps.add("tbs", SignatureScript.TBS, "RFC 5280 §4.1.1.3", signed.message().hex());
    byte[] digest = hash.digest(signed.message().toArray());
    steps.add("hash", "digest = " + SignatureScript.hash(hash), FIPS, Hex.of(digest));
    if (!inside || !s.gcd(q).equals(BigInteger.ONE)) {
      if (inside) {
        steps.decide(
            "inverse", "w = pow(s, -1, q)", FIPS, "s has no inverse: q is no prime", false);
      }
      return;
    }
    BigInteger z = Ecdsa.leftmost(digest, q.bitLength());
    steps.add("z", "z = int(digest, 16) >> max(0, 4 * len(digest) - q.bit_length())", FIPS, hex(z));
    BigInteger w = s.modInverse(q);
    steps.add("inverse", "w = pow(s, -1, q)", FIPS, hex(w));
    BigInteger u1 = z.multiply(w).mod(q);
    steps.add("u1", "u1 = z * w % q", FIPS, hex(u1));
    BigInteger u2 = r.multiply(w).mod(q);
    steps.add("u2", "u2 = r * w % q", FIPS, hex(u2));
    BigInteger p = key.p();
    BigInteger v = key.g().modPow(u1, p).multiply(key.y().modPow(u2, p)).mod(p).mod(q);
    steps.add("v", "v = pow(g, u1, p) * pow(y, u2, p) % p % q", FIPS, hex(v));
    steps.decide("equal", "print(v == r)", FIPS, v.equals(r));
  }
}
