package io.handshakelab.lab;

import java.time.Instant;

/**
 * Nanoseconds since 1970 that never go back: the time of day at its making, then a monotonic clock.
 */
final class WallClock {
  private final long base;

  WallClock() {
    Instant now = Instant.now();
    long sinceEpoch = Math.addExact(now.getEpochSecond() * 1_000_000_000L, now.getNano());
    this.base = sinceEpoch - System.nanoTime();
  }

  long nanos() {
    return base + System.nanoTime();
  }
}
