package io.handshakelab.simulate;

import java.util.PriorityQueue;

/**
 * Time that passes only when something happens: what is to be done is kept in the order of its time
 * and, at the same time, in the order in which it was planned.
 */
public final class VirtualClock {
  /** When each simulation begins: 2026-01-01T00:00:00Z, in nanoseconds since 1970. */
  public static final long START_NANOS = 1_767_225_600_000_000_000L;

  private final PriorityQueue<Timer> plans = new PriorityQueue<>();
  private long elapsed;
  private long planned;

  VirtualClock() {}

  /** Now, in nanoseconds since 1970. */
  public long nanos() {
    return START_NANOS + elapsed;
  }

  /** Nanoseconds since the simulation began. */
  public long elapsedNanos() {
    return elapsed;
  }

  /** Does something later; a delay of 0 means after all that is planned for now. */
  public Timer after(long delayNanos, Runnable what) {
    if (delayNanos < 0) {
      throw new IllegalArgumentException("a delay of " + delayNanos + " ns");
    }
    Timer timer = new Timer(elapsed + delayNanos, planned++, what);
    plans.add(timer);
    return timer;
  }

  /** Whether something is still to be done. */
  boolean hasPlans() {
    while (!plans.isEmpty() && !plans.peek().isPending()) {
      plans.remove();
    }
    return !plans.isEmpty();
  }

  /** Does what is planned next, unless it lies beyond the limit; false if nothing is left to do. */
  boolean step(long limitNanos) {
    while (true) {
      Timer next = plans.peek();
      if (next == null || next.timeNanos() > limitNanos) {
        return false;
      }
      plans.remove();
      if (next.isPending()) {
        elapsed = next.timeNanos();
        next.fire();
        return true;
      }
    }
  }
}
