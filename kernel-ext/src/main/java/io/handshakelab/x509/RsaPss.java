package io.handshakelab.x509;

import io.handshakelab.bytes.Hex;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/**
 * RSASSA-PSS (RFC 8017 §8.1.2 and §9.1.2), unmasked by hand. What was signed is
 *
 * <pre>
 * masked DB                                        | H | bc
 * DB = 00 … 00 | 01 | salt   masked with MGF1(H)
 * H  = hash(8 zero octets | hash of tbsCertificate | salt)
 * </pre>
 */
final class RsaPss implements SignatureFamily {
  private static final int TRAILER = 0xbc;

  @Override
  public boolean opens(ASN1ObjectIdentifier algorithm) {
    return algorithm.equals(PKCSObjectIdentifiers.id_RSASSA_PSS);
  }

  @Override
  public void walk(Signed signed, StepList steps) throws UnusableKey {
    RsaKey key = RsaKey.of(signed.key());
    steps.add("key", SignatureScript.RSA_KEY, "RFC 8017 §3.1", key.text());
    steps.add("subject", SignatureScript.SUBJECT, "RFC 5280 §4.1", signed.subject());
    PssParameters how = PssParameters.of(signed.algorithm(), signed.key());
    String lengths = "h_len, s_len = " + how.hash().length() + ", " + how.saltLength();
    steps.add("parameters", lengths, "RFC 4055 §3.1", how.text());
    BigInteger signature = signed.signature().unsigned();
    steps.add("signature", SignatureScript.NUMBER, "RFC 8017 §4.2", signature.toString());
    boolean fits = signed.signature().length() == key.octets() && signature.compareTo(key.n()) < 0;
    steps.decide(
        "length",
        "print(len(subject.signature) == (n.bit_length() + 7) // 8 and signature < n)",
        "RFC 8017 §8.1.2, step 1; §5.2.2",
        fits);
    byte[] em = encoded(key, signature, steps);
    if (em != null && em.length >= how.hash().length() + how.saltLength() + 2) {
      unmask(em, key, how, signed, steps);
    } else {
      String why = "False: n is too short for digest, salt and two octets more";
      steps.decide("equal", "print(len(em) >= h_len + s_len + 2)", "§9.1.2, step 3", why, false);
    }
  }

  private static byte @Nullable [] encoded(RsaKey key, BigInteger signature, StepList steps) {
    BigInteger power = signature.modPow(key.e(), key.n());
    steps.add("power", "power = pow(signature, e, n)", "RFC 8017 §5.2.2", power.toString());
    int length = (key.n().bitLength() - 1 + 7) / 8;
    String line = "em = power.to_bytes((n.bit_length() + 6) // 8, \"big\")";
    String rfc = "RFC 8017 §8.1.2, step 2 c";
    if (power.bitLength() > 8 * length) {
      steps.decide("encoded", line, rfc, "it has more than " + length + " octets", false);
      return null;
    }
    byte[] em = new byte[length];
    byte[] bytes = power.toByteArray();
    int count = Math.min(bytes.length, length);
    System.arraycopy(bytes, bytes.length - count, em, length - count, count);
    steps.add("encoded", line, rfc, Hex.of(em));
    return em;
  }

  private static void unmask(
      byte[] em, RsaKey key, PssParameters how, Signed signed, StepList steps) {
    int hLen = how.hash().length();
    int dbLen = em.length - hLen - 1;
    byte[] masked = Arrays.copyOfRange(em, 0, dbLen);
    byte[] h = Arrays.copyOfRange(em, dbLen, dbLen + hLen);
    int top = 0xff >> (8 * em.length - key.n().bitLength() + 1);
    boolean framed = (em[em.length - 1] & 0xff) == TRAILER && (masked[0] & 0xff & ~top) == 0;
    steps.decide(
        "split",
        "masked, H = em[:-h_len - 1], em[-h_len - 1:-1]; "
            + "print(em[-1] == 0xbc and em[0] <= 0xff >> 8 * len(em) - n.bit_length() + 1)",
        "RFC 8017 §9.1.2, steps 4 to 6",
        "masked DB: "
            + Hex.of(masked)
            + "\nH: "
            + Hex.of(h)
            + "\ntrailer: "
            + hex(em[dbLen + hLen]),
        framed);
    byte[] mask = mgf1(how.mask(), h, dbLen);
    String call = how.mask().python("seed + i.to_bytes(4, \"big\")") + ".digest()";
    steps.add(
        "mask",
        "mgf1 = lambda seed, length: b\"\".join("
            + call
            + " for i in range(-(-length // "
            + how.mask().length()
            + ")))[:length]; mask = mgf1(H, len(masked))",
        "RFC 8017 §9.1.2, step 7; §B.2.1",
        Hex.of(mask));
    byte[] db = new byte[dbLen];
    for (int i = 0; i < dbLen; i++) {
      db[i] = (byte) (masked[i] ^ mask[i]);
    }
    db[0] &= (byte) top;
    steps.add(
        "db",
        "db = bytes(x ^ y for x, y in zip(masked, mask)); "
            + "db = bytes([db[0] & 0xff >> 8 * len(em) - n.bit_length() + 1]) + db[1:]",
        "RFC 8017 §9.1.2, steps 8 and 9",
        Hex.of(db));
    int saltAt = dbLen - how.saltLength();
    boolean padded = db[saltAt - 1] == 1;
    for (int i = 0; i < saltAt - 1; i++) {
      padded &= db[i] == 0;
    }
    String padding = "print(db[:len(db) - s_len] == bytes(len(db) - s_len - 1) + b\"\\x01\")";
    steps.decide("padding", padding, "RFC 8017 §9.1.2, step 10", padded);
    byte[] salt = Arrays.copyOfRange(db, saltAt, dbLen);
    steps.add("salt", "salt = db[len(db) - s_len:]", "RFC 8017 §9.1.2, step 11", Hex.of(salt));
    byte[] digest = how.hash().digest(signed.message().toArray());
    steps.add("tbs", SignatureScript.TBS, "RFC 5280 §4.1.1.3", signed.message().hex());
    String line = "digest = " + SignatureScript.hash(how.hash());
    steps.add("hash", line, "RFC 8017 §9.1.2, step 2", Hex.of(digest));
    MessageDigest again = how.hash().function();
    again.update(new byte[8]);
    again.update(digest);
    byte[] h2 = again.digest(salt);
    String hash = how.hash().python("bytes(8) + bytes.fromhex(digest) + salt");
    steps.add("hash2", "H2 = " + hash + ".digest()", "RFC 8017 §9.1.2, step 13", Hex.of(h2));
    steps.decide("equal", "print(H == H2)", "RFC 8017 §9.1.2, step 14", Arrays.equals(h, h2));
  }

  /** RFC 8017 §B.2.1. */
  private static byte[] mgf1(Hash hash, byte[] seed, int length) {
    byte[] mask = new byte[length];
    MessageDigest function = hash.function();
    for (int i = 0; i * hash.length() < length; i++) {
      function.update(seed);
      byte[] block =
          function.digest(
              new byte[] {(byte) (i >> 24), (byte) (i >> 16), (byte) (i >> 8), (byte) i});
      int at = i * hash.length();
      System.arraycopy(block, 0, mask, at, Math.min(block.length, length - at));
    }
    return mask;
  }

  private static String hex(byte octet) {
    return Hex.of(new byte[] {octet});
  }
}
