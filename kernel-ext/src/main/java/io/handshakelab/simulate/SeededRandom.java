package io.handshakelab.simulate;

/**
 * Random numbers that are the same on every machine and in every Java version: SplitMix64 (Steele,
 * Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014). Each purpose has a row of its
 * own, so that drawing more for one does not change another.
 */
public final class SeededRandom {
  private static final long STEP = 0x9e3779b97f4a7c15L;
  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private long state;

  private SeededRandom(long state) {
    this.state = state;
  }

  /** The numbers for one purpose under one seed. */
  public static SeededRandom of(long seed, String purpose) {
    long hash = FNV_BASIS;
    for (int i = 0; i < purpose.length(); i++) {
      hash = (hash ^ purpose.charAt(i)) * FNV_PRIME;
    }
    return new SeededRandom(mix(seed + STEP) ^ mix(hash));
  }

  /** The numbers that follow from this seed alone. */
  static SeededRandom of(long seed) {
    return new SeededRandom(seed);
  }

  public long nextLong() {
    state += STEP;
    return mix(state);
  }

  public int nextInt() {
    return (int) (nextLong() >>> 32);
  }

  /** From 0 up to, and without, {@code bound}. */
  public int below(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("a bound of " + bound);
    }
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  /** From 0 up to, and with, {@code largest}. */
  public long upTo(long largest) {
    return largest <= 0 ? 0 : Long.remainderUnsigned(nextLong(), largest + 1);
  }

  /** True with this probability. */
  public boolean chance(double probability) {
    // Scaling by a power of two is exact, so that no rounding can differ.
    return (nextLong() >>> 11) < (long) (probability * 0x1p53);
  }

  public void fill(byte[] bytes) {
    for (int i = 0; i < bytes.length; i += 8) {
      long next = nextLong();
      for (int j = i; j < Math.min(bytes.length, i + 8); j++, next >>>= 8) {
        bytes[j] = (byte) next;
      }
    }
  }

  private static long mix(long number) {
    long z = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
