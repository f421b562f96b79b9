package io.handshakelab.x509;

import io.handshakelab.bytes.Hex;
import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;

/**
 * RSASSA-PKCS1-v1_5 (RFC 8017 §8.2.2) with nothing but big numbers. What was signed is
 *
 * <pre>
 * 00 01 | ff … ff | 00 | DigestInfo prefix | digest of tbsCertificate
 * </pre>
 *
 * <p>The original script looks only at what follows the prefix. The walk shows the same values, and
 * step {@code split} also fails where the rest is not as §9.2 wants it, since a signature can be
 * forged where nobody looks at the padding.
 */
final class RsaPkcs1 implements SignatureFamily {
  // The limits of OpenSSL, so that one power takes milliseconds: 16384 bits, and exponents of at
  // most 64 bits above 3072.
  private static final int MAX_MODULUS_BITS = 16384;
  private static final int SMALL_MODULUS_BITS = 3072;
  private static final int MAX_EXPONENT_BITS = 64;
  private static final int MIN_PADDING = 8;

  @Override
  public boolean opens(ParsedCertificate subject) {
    return DigestInfo.of(subject.signatureAlgorithm()).isPresent();
  }

  @Override
  public void walk(ParsedCertificate subject, ParsedCertificate issuer, StepList steps) {
    DigestInfo info = DigestInfo.of(subject.signatureAlgorithm()).orElseThrow();
    steps.add("issuer", SignatureScript.ISSUER, issuer.subject());
    RSAPublicKey key;
    try {
      key = key(issuer);
    } catch (IOException | RuntimeException e) {
      steps.add("key", SignatureScript.KEY, AlgorithmText.key(issuer.publicKey()));
      steps.add("subject", SignatureScript.SUBJECT, subject.subject());
      String why = "False: the issuer's key cannot be used: " + ParsedCertificate.oneLine(e);
      steps.decide("equal", SignatureScript.equal(info), why, false);
      return;
    }
    BigInteger n = key.getModulus();
    BigInteger e = key.getPublicExponent();
    steps.add("key", SignatureScript.KEY, "n = " + n + "\ne = " + e);
    steps.add("subject", SignatureScript.SUBJECT, subject.subject());
    BigInteger signature = subject.der().signature().unsigned();
    steps.add("signature", SignatureScript.SIGNATURE, signature.toString());
    BigInteger power = signature.modPow(e, n);
    steps.add("power", SignatureScript.POWER, power.toString());
    String opened = "0x" + power.toString(16);
    steps.add("hex", SignatureScript.HEX, opened);

    int at = opened.lastIndexOf(info.prefix());
    String after = at < 0 ? opened : opened.substring(at + info.prefix().length());
    String wrong = wrong(opened, after, at, n, subject, info);
    String split = split(opened, after, at, wrong);
    steps.decide("split", SignatureScript.split(info), split, wrong.isEmpty());

    byte[] tbs = subject.der().tbs().toArray();
    steps.add("tbs", SignatureScript.TBS, Hex.of(tbs));
    String hash = Hex.of(info.digest(tbs));
    steps.add("hash", SignatureScript.hash(info), hash);
    boolean equal = after.equals(hash);
    steps.decide("equal", SignatureScript.equal(info), equal ? "True" : "False", equal);
  }

  private static String split(String opened, String after, int at, String wrong) {
    String before = at < 0 ? "" : opened.substring(0, at);
    String padding =
        wrong.isEmpty()
            ? "00 01, "
                + (before.length() - "0x1".length() - "00".length()) / 2
                + " bytes ff, 00: as RFC 8017 §9.2 wants it"
            : wrong;
    return "before: " + before + "\nafter: " + after + "\npadding: " + padding;
  }

  /** What is not as it should be around the digest, or nothing. */
  private static String wrong(
      String opened,
      String after,
      int at,
      BigInteger n,
      ParsedCertificate subject,
      DigestInfo info) {
    int length = (n.bitLength() + 7) / 8;
    int padding = length - 3 - info.prefix().length() / 2 - info.digestLength();
    if (at < 0) {
      return "the prefix " + info.prefix() + " is not in it";
    }
    if (subject.der().signature().length() != length) {
      return "the signature has another length than n (RFC 8017 §8.2.2, step 1)";
    }
    if (subject.der().signature().unsigned().compareTo(n) >= 0) {
      return "the signature is not smaller than n (RFC 8017 §5.2.2)";
    }
    if (padding < MIN_PADDING) {
      return "n is too short for this digest (RFC 8017 §9.2, step 3)";
    }
    String wanted = "0x1" + "ff".repeat(padding) + "00" + info.prefix() + after;
    if (after.length() != 2 * info.digestLength() || !opened.equals(wanted)) {
      return "not 00 01 ff…ff 00 before the prefix, and nothing but the digest after it"
          + " (RFC 8017 §9.2)";
    }
    return "";
  }

  private static RSAPublicKey key(ParsedCertificate issuer) throws IOException {
    if (!issuer
        .publicKey()
        .getAlgorithm()
        .getAlgorithm()
        .equals(PKCSObjectIdentifiers.rsaEncryption)) {
      throw new IOException("it is not an RSA key");
    }
    RSAPublicKey key = RSAPublicKey.getInstance(issuer.publicKey().parsePublicKey());
    BigInteger n = key.getModulus();
    BigInteger e = key.getPublicExponent();
    if (n.signum() <= 0 || e.signum() <= 0) {
      throw new IOException("n or e is not positive");
    }
    if (n.bitLength() > MAX_MODULUS_BITS) {
      throw new IOException("n has " + n.bitLength() + " bits, the limit is " + MAX_MODULUS_BITS);
    }
    if (e.bitLength()
        > (n.bitLength() > SMALL_MODULUS_BITS ? MAX_EXPONENT_BITS : SMALL_MODULUS_BITS)) {
      throw new IOException("e has " + e.bitLength() + " bits, which is too many");
    }
    return key;
  }
}
