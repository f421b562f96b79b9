package io.handshakelab.tcp;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * In which state the end that is connected to was left by the connection before, if the same ports
 * are used again: a new SYN may open a connection straight from TIME-WAIT (RFC 9293 §3.6.1).
 */
final class Reuse {
  /** No system has a shorter TIME-WAIT that RFC 9293 would allow to be called so. */
  private static final long SHORT_NANOS = 30_000_000_000L;

  /** RFC 9293 §3.4.2: twice two minutes, and the end may have begun to wait later than is seen. */
  private static final long LONG_NANOS = 300_000_000_000L;

  private final Map<Flow, EndStates[]> left = new HashMap<>();

  /** What is known of TIME-WAIT. */
  enum Left {
    /** The end does not wait any more, or never has. */
    NO,
    PERHAPS,
    YES
  }

  /** Remembers how a connection ended, if there is another one between the same ends. */
  void end(Flow flow, ConnectionStates states) {
    if (flow.followed) {
      left.put(flow, new EndStates[] {states.of(Sender.CLIENT), states.of(Sender.SERVER)});
    }
  }

  /** Whether the server of a connection was in TIME-WAIT when the SYN came. */
  Left of(Flow flow, long nanos) {
    @Nullable Flow earlier = flow.earlier;
    EndStates[] ends = earlier == null ? null : left.remove(earlier);
    if (earlier == null || ends == null) {
      return Left.NO;
    }
    EndStates before = ends[flow.hasSameClient(earlier) ? 1 : 0];
    if (!before.machine.couldBe(TcpState.TIME_WAIT)) {
      return Left.NO;
    }
    if (!before.machine.is(TcpState.TIME_WAIT)) {
      return Left.PERHAPS;
    }
    long since = nanos - before.timeWaitSince;
    return since < SHORT_NANOS ? Left.YES : since < LONG_NANOS ? Left.PERHAPS : Left.NO;
  }
}
