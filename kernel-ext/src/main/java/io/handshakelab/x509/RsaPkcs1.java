package io.handshakelab.x509;

import io.handshakelab.bytes.Hex;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

/**
 * RSASSA-PKCS1-v1_5 (RFC 8017 §8.2.2) with nothing but big numbers. What was signed is
 *
 * <pre>
 * 00 01 | ff … ff | 00 | DigestInfo prefix | digest of tbsCertificate
 * </pre>
 *
 * <p>The original script looks only at what follows the prefix. The walk shows the same values, and
 * step {@code split} also fails where the rest is not as §9.2 wants it, since a signature can be
 * forged where nobody looks at the padding. The strict reading makes that number anew, and compares
 * all of it.
 */
final class RsaPkcs1 implements SignatureFamily {
  private static final int MIN_PADDING = 8;

  /** RFC 8017 §A.2.4, FIPS 186-5 §5.4; SHA-3 as in RFC 9688 §3. */
  private static final Map<ASN1ObjectIdentifier, Hash> HASHES =
      Map.ofEntries(
          Map.entry(PKCSObjectIdentifiers.md5WithRSAEncryption, Hash.MD5),
          Map.entry(PKCSObjectIdentifiers.sha1WithRSAEncryption, Hash.SHA1),
          Map.entry(PKCSObjectIdentifiers.sha224WithRSAEncryption, Hash.SHA224),
          Map.entry(PKCSObjectIdentifiers.sha256WithRSAEncryption, Hash.SHA256),
          Map.entry(PKCSObjectIdentifiers.sha384WithRSAEncryption, Hash.SHA384),
          Map.entry(PKCSObjectIdentifiers.sha512WithRSAEncryption, Hash.SHA512),
          Map.entry(PKCSObjectIdentifiers.sha512_224WithRSAEncryption, Hash.SHA512_224),
          Map.entry(PKCSObjectIdentifiers.sha512_256WithRSAEncryption, Hash.SHA512_256),
          Map.entry(NISTObjectIdentifiers.id_rsassa_pkcs1_v1_5_with_sha3_224, Hash.SHA3_224),
          Map.entry(NISTObjectIdentifiers.id_rsassa_pkcs1_v1_5_with_sha3_256, Hash.SHA3_256),
          Map.entry(NISTObjectIdentifiers.id_rsassa_pkcs1_v1_5_with_sha3_384, Hash.SHA3_384),
          Map.entry(NISTObjectIdentifiers.id_rsassa_pkcs1_v1_5_with_sha3_512, Hash.SHA3_512));

  private final SignatureMethod method;

  RsaPkcs1(SignatureMethod method) {
    this.method = method;
  }

  @Override
  public boolean opens(ASN1ObjectIdentifier algorithm) {
    return HASHES.containsKey(algorithm);
  }

  static boolean uses(ASN1ObjectIdentifier algorithm, Hash hash) {
    return HASHES.get(algorithm) == hash;
  }

  @Override
  public void walk(Signed signed, StepList steps) throws UnusableKey {
    Hash hash = HASHES.get(signed.algorithm().getAlgorithm());
    if (hash == null) {
      throw new UnusableKey("it signs in another way");
    }
    OpenedRsa opened = OpenedRsa.of(signed, steps);
    String digest = Hex.of(hash.digest(signed.message().toArray()));
    if (method != SignatureMethod.STRICT) {
      script(opened, digest, signed, hash, steps);
    }
    if (method == SignatureMethod.STRICT) {
      hash(signed, hash, digest, steps);
    }
    if (method != SignatureMethod.NAIVE) {
      strict(opened, digest, signed, hash, steps);
    }
  }

  /** The reading of the original script; the naive one is content with less. */
  private void script(OpenedRsa rsa, String digest, Signed signed, Hash hash, StepList steps) {
    String opened = rsa.number();
    boolean naive = method == SignatureMethod.NAIVE;
    int at = opened.lastIndexOf(hash.prefix());
    String all = at < 0 ? opened : opened.substring(at + hash.prefix().length());
    String after = naive ? all.substring(0, Math.min(all.length(), digest.length())) : all;
    String line = "digest = opened.split(\"" + hash.prefix() + "\")[-1]";
    String before = at < 0 ? "" : opened.substring(0, at);
    String halves = "before: " + before + "\nafter: " + after;
    if (naive) {
      String rest = all.substring(after.length());
      String ignored = rest.isEmpty() ? "" : "\nnot looked at: " + rest;
      steps.add("split", line + "[:" + digest.length() + "]", "", halves + ignored);
    } else {
      String wrong = Padding.wrong(opened, after, at, signed, rsa.key(), hash);
      String padding = wrong.isEmpty() ? Padding.right(before) : wrong;
      String value = halves + "\npadding: " + padding;
      steps.decide("split", line, "RFC 8017 §9.2", value, wrong.isEmpty());
    }
    hash(signed, hash, digest, steps);
    String equal = "print(digest == " + SignatureScript.hash(hash) + ")";
    steps.decide("equal", equal, "", after.equals(digest));
  }

  private static void hash(Signed signed, Hash hash, String digest, StepList steps) {
    steps.add("tbs", SignatureScript.TBS, "RFC 5280 §4.1.1.3", signed.message().hex());
    steps.add("hash", SignatureScript.hash(hash), "RFC 8017 §9.2, step 1", digest);
  }

  /** RFC 8017 §8.2.2: the length, then the whole number made anew, then the comparison. */
  private void strict(OpenedRsa rsa, String digest, Signed signed, Hash hash, StepList steps) {
    rsa.length(signed, steps);
    int around = 3 + hash.prefix().length() / 2 + hash.length();
    int padding = rsa.key().octets() - around;
    String line =
        "encoded = \"0x1\" + \"ff\" * (k - "
            + around
            + ") + \"00"
            + hash.prefix()
            + "\" + "
            + SignatureScript.hash(hash);
    if (padding < MIN_PADDING) {
      String why = "n is too short for this digest: " + rsa.key().octets() + " octets";
      steps.decide("encoded", line, "RFC 8017 §9.2, step 3", why, false);
      return;
    }
    String encoded = "0x1" + "ff".repeat(padding) + "00" + hash.prefix() + digest;
    steps.add("encoded", line, "RFC 8017 §9.2", encoded);
    String name = method == SignatureMethod.STRICT ? "equal" : "strict";
    String compare = "print(opened == encoded)";
    steps.decide(name, compare, "RFC 8017 §8.2.2, step 4", rsa.number().equals(encoded));
  }

  /** What stands around the digest. */
  private static final class Padding {
    static String right(String before) {
      int count = (before.length() - "0x1".length() - "00".length()) / 2;
      return "00 01, " + count + " bytes ff, 00: as RFC 8017 §9.2 wants it";
    }

    /** What is not as it should be, or nothing. */
    static String wrong(String opened, String after, int at, Signed signed, RsaKey key, Hash hash) {
      int padding = key.octets() - 3 - hash.prefix().length() / 2 - hash.length();
      if (at < 0) {
        return "the prefix " + hash.prefix() + " is not in it";
      }
      if (signed.signature().length() != key.octets()) {
        return "the signature has another length than n (RFC 8017 §8.2.2, step 1)";
      }
      if (signed.signature().unsigned().compareTo(key.n()) >= 0) {
        return "the signature is not smaller than n (RFC 8017 §5.2.2)";
      }
      if (padding < MIN_PADDING) {
        return "n is too short for this digest (RFC 8017 §9.2, step 3)";
      }
      String wanted = "0x1" + "ff".repeat(padding) + "00" + hash.prefix() + after;
      if (after.length() != 2 * hash.length() || !opened.equals(wanted)) {
        return "not 00 01 ff…ff 00 before the prefix, and nothing but the digest after it"
            + " (RFC 8017 §9.2)";
      }
      return "";
    }
  }
}
