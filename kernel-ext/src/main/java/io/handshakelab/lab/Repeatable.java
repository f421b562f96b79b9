package io.handshakelab.lab;

import io.handshakelab.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.prng.EntropySource;
import org.bouncycastle.crypto.prng.SP800SecureRandomBuilder;

/**
 * Randomness that repeats itself, on every machine and Java version: HMAC_DRBG with SHA-256 (NIST
 * SP 800-90A §10.1.2), whose only entropy is a seed.
 */
public final class Repeatable {
  private static final int SEED_BYTES = 48;

  private Repeatable() {}

  /** The source that belongs to this seed. */
  static SecureRandom random(byte[] seed) {
    return new SP800SecureRandomBuilder(bits -> new Seed(Bytes.of(seed)))
        .buildHMAC(new HMac(new SHA256Digest()), new byte[0], false);
  }

  /**
   * The source that belongs to a number and a purpose. What is drawn for one purpose does not
   * depend on how much is drawn for another.
   */
  public static SecureRandom random(long number, String purpose) {
    byte[] words = (number + " " + purpose).getBytes(StandardCharsets.UTF_8);
    return random(Arrays.copyOf(words, Math.max(SEED_BYTES, words.length)));
  }

  /** All the entropy there is: one seed. */
  private record Seed(Bytes bytes) implements EntropySource {
    @Override
    public boolean isPredictionResistant() {
      return false;
    }

    @Override
    public byte[] getEntropy() {
      return bytes.toArray();
    }

    @Override
    public int entropySize() {
      return bytes.length() * Byte.SIZE;
    }
  }
}
