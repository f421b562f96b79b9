package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/**
 * ML-DSA (FIPS 204 §7.2, in certificates RFC 9881): the walk shows what a signature is made of and
 * checks its form and its size; the equation over polynomials is left to the library.
 */
final class MlDsa implements SignatureFamily {
  private static final int SEED = 32;
  private static final int COEFFICIENTS = 256;

  /**
   * FIPS 204 §4, table 1.
   *
   * @param k rows of the matrix
   * @param l columns of the matrix
   * @param challenge octets of the challenge's hash
   * @param gammaBits of a coefficient of z
   * @param beta how near to its limit z must not come
   * @param omega how many hints there are at most
   */
  private record Set(int k, int l, int challenge, int gammaBits, int beta, int omega) {
    int response() {
      return l * COEFFICIENTS * gammaBits / 8;
    }

    int length() {
      return challenge + response() + omega + k;
    }

    int key() {
      return SEED + 320 * k;
    }
  }

  private static @Nullable Set set(ASN1ObjectIdentifier algorithm) {
    if (algorithm.equals(NISTObjectIdentifiers.id_ml_dsa_44)) {
      return new Set(4, 4, 32, 18, 78, 80);
    }
    if (algorithm.equals(NISTObjectIdentifiers.id_ml_dsa_65)) {
      return new Set(6, 5, 48, 20, 196, 55);
    }
    if (algorithm.equals(NISTObjectIdentifiers.id_ml_dsa_87)) {
      return new Set(8, 7, 64, 20, 120, 75);
    }
    return null;
  }

  @Override
  public boolean opens(ASN1ObjectIdentifier algorithm) {
    return set(algorithm) != null;
  }

  @Override
  public void walk(Signed signed, StepList steps) throws UnusableKey {
    ASN1ObjectIdentifier algorithm = signed.algorithm().getAlgorithm();
    Set set = set(algorithm);
    Bytes key = KeyOctets.of(signed.key());
    if (set == null
        || !algorithm.equals(signed.key().getAlgorithm().getAlgorithm())
        || key.length() != set.key()) {
      throw new UnusableKey("it is not a key for " + AlgorithmText.signature(algorithm));
    }
    steps.add(
        "key",
        "key = issuer.public_key().public_bytes_raw(); rho, t1 = key[:32], key[32:]",
        "FIPS 204 §7.2, algorithm 23",
        "rho = " + key.slice(0, SEED).hex() + "\nt1 = " + key.from(SEED).hex());
    steps.add("subject", SignatureScript.SUBJECT, "RFC 5280 §4.1", signed.subject());
    Bytes signature = signed.signature();
    String whole = "print(len(subject.signature) == " + set.length() + ")";
    boolean fits = signature.length() == set.length();
    steps.decide("length", whole, "FIPS 204 §4, table 2", fits);
    if (!fits) {
      return;
    }
    int z = set.challenge;
    int h = z + set.response();
    steps.add(
        "signature",
        String.format(
            "c, z, h = subject.signature[:%d], subject.signature[%d:%d], subject.signature[%d:]",
            z, z, h, h),
        "FIPS 204 §7.2, algorithm 27",
        "c = "
            + signature.slice(0, z).hex()
            + "\nz = "
            + signature.slice(z, h).hex()
            + "\nh = "
            + signature.from(h).hex());
    int limit = (1 << (set.gammaBits - 1)) - set.beta;
    int largest = largest(signature.slice(z, h), set.gammaBits);
    steps.decide(
        "norm",
        String.format(
            "g = %d; bits = int.from_bytes(z, \"little\"); largest = max(abs((1 << g - 1) -"
                + " (bits >> g * i & (1 << g) - 1)) for i in range(%d)); print(largest < %d)",
            set.gammaBits, set.l * COEFFICIENTS, limit),
        "FIPS 204 §6.3, step 13",
        "the largest coefficient of z is " + largest + ", the limit " + limit,
        largest < limit);
    int hints = hints(signature.from(h), set);
    steps.decide(
        "hints",
        "print(h[-1] <= " + set.omega + ")",
        "FIPS 204 §7.1, algorithm 21",
        hints < 0 ? "they are not in their only encoding" : hints + " of at most " + set.omega,
        hints >= 0);
    steps.add("tbs", SignatureScript.TBS, "RFC 5280 §4.1.1.3", signed.message().hex());
  }

  /** Coefficients are packed one behind the other, the lowest bit first, as γ1 − z. */
  private static int largest(Bytes packed, int bits) {
    int largest = 0;
    int half = 1 << (bits - 1);
    for (int i = 0; i < packed.length() * 8 / bits; i++) {
      int value = 0;
      for (int bit = 0; bit < bits; bit++) {
        int at = i * bits + bit;
        value |= (packed.u8(at >> 3) >> (at & 7) & 1) << bit;
      }
      largest = Math.max(largest, Math.abs(half - value));
    }
    return largest;
  }

  /** How many there are, or -1 if they are not as algorithm 21 wants them. */
  private static int hints(Bytes packed, Set set) {
    int index = 0;
    for (int row = 0; row < set.k; row++) {
      int end = packed.u8(set.omega + row);
      if (end < index || end > set.omega) {
        return -1;
      }
      for (int i = index + 1; i < end; i++) {
        if (packed.u8(i - 1) >= packed.u8(i)) {
          return -1;
        }
      }
      index = end;
    }
    for (int i = index; i < set.omega; i++) {
      if (packed.u8(i) != 0) {
        return -1;
      }
    }
    return index;
  }
}
