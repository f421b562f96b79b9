package io.handshakelab.lab;

import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * The moment by which one step has to be over, however many reads it takes: a server that sends a
 * byte now and then does not get more time than one that is silent.
 */
final class Deadline {
  private final long until;

  private Deadline(long until) {
    this.until = until;
  }

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** The earlier of this one and {@code time} from now. */
  Deadline atMost(Duration time) {
    long other = System.nanoTime() + time.toNanos();
    return other - until < 0 ? new Deadline(other) : this;
  }

  boolean isOver() {
    return until - System.nanoTime() <= 0;
  }

  /** What is left, at least 1: sockets take 0 for "for ever". */
  int millis() throws SocketTimeoutException {
    long left = (until - System.nanoTime() + 999_999) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException("deadline passed");
    }
    return (int) Math.min(left, Integer.MAX_VALUE);
  }
}
