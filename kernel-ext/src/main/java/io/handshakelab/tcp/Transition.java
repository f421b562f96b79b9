package io.handshakelab.tcp;

import io.handshakelab.capture.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection goes from one state to another.
 *
 * @param connection number of the connection, from 0
 * @param timeNanos nanoseconds since 1970: when it is shown at the latest
 * @param endpoint whose state it is
 * @param from the state before; null where it cannot be known
 * @param event {@code send SYN}, {@code recv SYN,ACK}, {@code active open}, {@code timeout 2MSL} …
 * @param to the state after
 * @param frame the frame that shows it, or null where none does
 * @param rfc the section, such as {@code RFC 9293 §3.5}
 * @param evidence how the transition is known
 * @param notBeforeNanos it did not happen before; {@link #UNBOUNDED} where nothing says so
 * @param notAfterNanos it had happened by then; the same as {@code notBeforeNanos} where the time
 *     is exact
 */
public record Transition(
    int connection,
    long timeNanos,
    Sender endpoint,
    @Nullable TcpState from,
    String event,
    TcpState to,
    @Nullable Integer frame,
    String rfc,
    Evidence evidence,
    long notBeforeNanos,
    long notAfterNanos) {
  /** Before the capture begins, and nobody knows how long before. */
  public static final long UNBOUNDED = Long.MIN_VALUE;

  /** At a time that is known. */
  public Transition(
      int connection,
      long timeNanos,
      Sender endpoint,
      @Nullable TcpState from,
      String event,
      TcpState to,
      @Nullable Integer frame,
      String rfc,
      Evidence evidence) {
    this(
        connection,
        timeNanos,
        endpoint,
        from,
        event,
        to,
        frame,
        rfc,
        evidence,
        timeNanos,
        timeNanos);
  }

  /** Whether only two times are known between which it happened. */
  public boolean isBetween() {
    return notBeforeNanos < notAfterNanos;
  }

  /** The same, which had happened by an earlier time, as another frame shows. */
  Transition by(long nanos, @Nullable Integer shownBy) {
    return new Transition(
        connection,
        nanos,
        endpoint,
        from,
        event,
        to,
        shownBy,
        rfc,
        evidence,
        Math.min(notBeforeNanos, nanos),
        nanos);
  }
}
