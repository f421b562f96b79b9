package io.handshakelab.simulate;

import org.jspecify.annotations.Nullable;

/** Something that is planned for a moment of the {@link VirtualClock}. */
public final class Timer implements Comparable<Timer> {
  private final long timeNanos;
  private final long number;
  private @Nullable Runnable what;

  Timer(long timeNanos, long number, Runnable what) {
    this.timeNanos = timeNanos;
    this.number = number;
    this.what = what;
  }

  /** It will not happen any more. */
  public void cancel() {
    what = null;
  }

  /** Whether it is still to happen. */
  public boolean isPending() {
    return what != null;
  }

  /** When, in nanoseconds since the simulation began. */
  long timeNanos() {
    return timeNanos;
  }

  void fire() {
    Runnable now = what;
    what = null;
    if (now != null) {
      now.run();
    }
  }

  @Override
  public int compareTo(Timer other) {
    int byTime = Long.compare(timeNanos, other.timeNanos);
    return byTime != 0 ? byTime : Long.compare(number, other.number);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(number);
  }
}
