package io.handshakelab.simulate;

import io.handshakelab.tcp.Sender;
import java.util.function.Predicate;

/** Happens to the first few segments of a kind that leave one side. */
final class Misfortune implements Script {
  private final Sender from;
  private final Predicate<Segment> kind;
  private final long fate;
  private int left;

  private Misfortune(Sender from, Predicate<Segment> kind, int times, long fate) {
    this.from = from;
    this.kind = kind;
    this.left = times;
    this.fate = fate;
  }

  static Misfortune loses(Sender from, int times, Predicate<Segment> kind) {
    return new Misfortune(from, kind, times, LOST);
  }

  static Misfortune holdsBack(Sender from, int times, long nanos, Predicate<Segment> kind) {
    return new Misfortune(from, kind, times, nanos);
  }

  @Override
  public long fate(Sender side, Segment segment) {
    if (left == 0 || side != from || !kind.test(segment)) {
      return NOTHING;
    }
    left--;
    return fate;
  }
}
