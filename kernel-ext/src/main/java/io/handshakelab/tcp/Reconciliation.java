package io.handshakelab.tcp;

import io.handshakelab.capture.Evidence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a state that was read from the operating system fits what the segments show of that end.
 * A reading says that the state held at some moment within its interval; a transition may have
 * happened at any moment between its bounds.
 */
final class Reconciliation {
  /** The clocks of the capture and of the reading are the same, but rounded differently. */
  private static final long SLACK_NANOS = 5_000_000L;

  /** Frames of a relay have the times of its own reading and writing. */
  private static final long SLACK_AT_SOCKET_NANOS = 1_000_000_000L;

  private final List<Transition> shown = new ArrayList<>();
  private final boolean openEnd;
  private long slackNanos = SLACK_NANOS;

  /**
   * Takes what was inferred of one end.
   *
   * @param all transitions of its connection, in order
   * @param openEnd whether its state is not known after the last segment
   */
  Reconciliation(List<Transition> all, Sender end, boolean openEnd) {
    this.openEnd = openEnd;
    for (Transition t : all) {
      if (t.endpoint() == end && t.evidence() != Evidence.KERNEL) {
        shown.add(t);
      }
      if (t.evidence() == Evidence.SOCKET) {
        slackNanos = SLACK_AT_SOCKET_NANOS;
      }
    }
  }

  /** Null if it fits, else the state that the segments show for that time. */
  @Nullable TcpState contradicted(TcpState read, long fromNanos, long untilNanos) {
    if (shown.isEmpty() || read == TcpState.LISTEN || read == TcpState.CLOSED) {
      return null; // a listener is another socket; a closed one belongs to nobody
    }
    TcpState there = shown.get(0).from();
    boolean fits = there == null;
    @Nullable TcpState last = there;
    for (int i = -1; i < shown.size() && !fits; i++) {
      Transition before = i < 0 ? null : shown.get(i);
      Transition next = i + 1 < shown.size() ? shown.get(i + 1) : null;
      long begins = before == null ? Long.MIN_VALUE : before.notBeforeNanos();
      long ends = next == null ? Long.MAX_VALUE : next.notAfterNanos();
      boolean within = later(ends) >= fromNanos && earlier(begins) <= untilNanos;
      TcpState state = before == null ? there : before.to();
      if (within) {
        last = state == null ? last : state;
        boolean unknown = next == null ? openEnd : next.from() == null;
        fits = state == read || unknown || isQueuedFin(next, read);
      }
    }
    return fits ? null : last;
  }

  /** Linux calls a connection closing when the user closes it, though the FIN waits behind data. */
  private static boolean isQueuedFin(@Nullable Transition next, TcpState read) {
    return next != null && next.event().equals(Event.SEND_FIN.label()) && next.to() == read;
  }

  private long later(long nanos) {
    return nanos > Long.MAX_VALUE - slackNanos ? nanos : nanos + slackNanos;
  }

  private long earlier(long nanos) {
    return nanos < Long.MIN_VALUE + slackNanos ? nanos : nanos - slackNanos;
  }
}
