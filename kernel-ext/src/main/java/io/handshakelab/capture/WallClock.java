package io.handshakelab.capture;

import java.time.Instant;

/** The time of day as captures count it. */
public final class WallClock {
  private WallClock() {}

  /** Nanoseconds since 1970-01-01T00:00:00Z, as fine as the system tells. */
  public static long nanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
