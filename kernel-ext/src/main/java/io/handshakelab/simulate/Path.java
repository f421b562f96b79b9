package io.handshakelab.simulate;

/** One direction of the network: decides when a packet arrives, and whether. */
final class Path {
  /** What may wait before the narrowest place, in octets: what comes on top is lost. */
  private static final long QUEUE = 1 << 18;

  private static final long NANOS = 1_000_000_000L;

  /** Between a packet and its copy at most. */
  private static final long COPY_NANOS = 2_000_000;

  private final PathConditions conditions;
  private final SeededRandom random;
  private long freeNanos;
  private long lastNanos;

  private long arrivalNanos;
  private boolean lost;
  private boolean lostLate;
  private boolean duplicated;
  private long copyDelayNanos;

  Path(PathConditions conditions, SeededRandom random) {
    this.conditions = conditions;
    this.random = random;
  }

  /** A packet of this length; the other methods then tell what becomes of it. */
  void send(long now, int octets) {
    // Always the same draws in the same order: what becomes of one changes nothing for the next.
    lost = random.chance(conditions.loss());
    lostLate = random.chance(0.5);
    long jitter = random.upTo(conditions.jitterNanos());
    duplicated = random.chance(conditions.duplicate());
    copyDelayNanos = random.upTo(COPY_NANOS);
    boolean heldBack = random.chance(conditions.reorder());
    long back = random.upTo(conditions.delayNanos() / 2 + 1_000_000);

    long rate = conditions.bitsPerSecond();
    long leaves = now;
    if (rate > 0) {
      long waits = Math.max(0, freeNanos - now);
      if (waits > QUEUE * 8 * NANOS / rate) {
        lost = true;
        lostLate = false;
      } else {
        freeNanos = now + waits + octets * 8L * NANOS / rate;
        leaves = freeNanos;
      }
    }
    lost |= conditions.isCut(now);
    arrivalNanos = leaves + conditions.delayNanos() + jitter;
    if (heldBack) {
      arrivalNanos += back;
    } else {
      arrivalNanos = Math.max(arrivalNanos, lastNanos);
      lastNanos = lost ? lastNanos : arrivalNanos;
    }
  }

  boolean lost() {
    return lost;
  }

  /** Whether it passed the middle before it was lost. */
  boolean lostLate() {
    return lostLate;
  }

  long arrivalNanos() {
    return arrivalNanos;
  }

  boolean duplicated() {
    return duplicated;
  }

  long copyDelayNanos() {
    return copyDelayNanos;
  }
}
