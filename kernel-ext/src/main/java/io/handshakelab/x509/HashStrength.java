package io.handshakelab.x509;

import java.util.Locale;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;

/** What is to be said against the hash function of a signature, if there is something. */
final class HashStrength {
  private static final String LINE = "print(subject.signature_hash_algorithm.name)";

  /**
   * @param broken whether others with the same digest are made for the price of nothing, so that
   *     the signature proves nothing
   * @param rfc where it is forbidden
   */
  record Weakness(boolean broken, String words, String rfc) {}

  private HashStrength() {}

  /** Nothing for a hash function that is in order. */
  static void add(Signed signed, StepList steps) {
    Weakness weakness = of(signed.algorithm());
    if (weakness == null) {
      return;
    }
    if (weakness.broken) {
      steps.decide("strength", LINE, weakness.rfc, "broken: " + weakness.words, false);
    } else {
      steps.add("strength", LINE, weakness.rfc, "weak: " + weakness.words);
    }
  }

  static @Nullable Weakness of(AlgorithmIdentifier algorithm) {
    String name = AlgorithmText.signature(algorithm.getAlgorithm()).toLowerCase(Locale.ROOT);
    if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
      Hash hash = PssParameters.hash(algorithm);
      name = hash == null ? "" : hash.name().toLowerCase(Locale.ROOT);
    }
    if (name.contains("md2") || name.contains("md4") || name.contains("md5")) {
      return new Weakness(
          true,
          "two certificates with one MD5 digest were made in 2008, one of them an authority's;"
              + " no browser takes such a signature",
          "RFC 6151 §2.1");
    }
    if (name.contains("sha1")) {
      return new Weakness(
          false,
          "collisions of SHA-1 have been made since 2017; browsers take such a signature only on a"
              + " root, where nobody looks at it",
          "RFC 9155 §2; RFC 6194");
    }
    return null;
  }
}
