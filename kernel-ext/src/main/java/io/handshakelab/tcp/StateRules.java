package io.handshakelab.tcp;

import static io.handshakelab.tcp.Event.ABORT;
import static io.handshakelab.tcp.Event.ACTIVE_OPEN;
import static io.handshakelab.tcp.Event.CLOSE;
import static io.handshakelab.tcp.Event.PASSIVE_OPEN;
import static io.handshakelab.tcp.Event.RECV_ACK_OF_FIN;
import static io.handshakelab.tcp.Event.RECV_ACK_OF_SYN;
import static io.handshakelab.tcp.Event.RECV_FIN;
import static io.handshakelab.tcp.Event.RECV_NEW_SYN;
import static io.handshakelab.tcp.Event.RECV_RST;
import static io.handshakelab.tcp.Event.RECV_SYN;
import static io.handshakelab.tcp.Event.RECV_SYN_ACK;
import static io.handshakelab.tcp.Event.SEND_FIN;
import static io.handshakelab.tcp.Event.SEND_RST;
import static io.handshakelab.tcp.Event.SEND_SYN;
import static io.handshakelab.tcp.Event.SEND_SYN_ACK;
import static io.handshakelab.tcp.Event.TIMEOUT_2MSL;
import static io.handshakelab.tcp.Event.USER_TIMEOUT;
import static io.handshakelab.tcp.TcpState.CLOSED;
import static io.handshakelab.tcp.TcpState.CLOSE_WAIT;
import static io.handshakelab.tcp.TcpState.CLOSING;
import static io.handshakelab.tcp.TcpState.ESTABLISHED;
import static io.handshakelab.tcp.TcpState.FIN_WAIT_1;
import static io.handshakelab.tcp.TcpState.FIN_WAIT_2;
import static io.handshakelab.tcp.TcpState.LAST_ACK;
import static io.handshakelab.tcp.TcpState.LISTEN;
import static io.handshakelab.tcp.TcpState.SYN_RCVD;
import static io.handshakelab.tcp.TcpState.SYN_SENT;
import static io.handshakelab.tcp.TcpState.TIME_WAIT;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of TCP as one table: RFC 9293 §3.3.2 (Figure 5) with all that §3.10 adds. An
 * event that has no row in a state cannot happen there, or says nothing.
 *
 * <p>A segment that does two things makes two events, in the order of §3.10.7.4: first what it
 * acknowledges, then its FIN.
 */
public final class StateRules {
  /** Figure 5, note 1: where a reset leads from SYN-RCVD depends on how that was entered. */
  private static final StateRule BACK_TO_LISTEN =
      rule(SYN_RCVD, RECV_RST, LISTEN, "after a passive open: wait for others", "3.10.7.4");

  private static final List<StateRule> TABLE =
      List.of(
          // Opening.
          rule(CLOSED, PASSIVE_OPEN, LISTEN, "create TCB", "3.10.1"),
          rule(CLOSED, ACTIVE_OPEN, SYN_SENT, "create TCB, send SYN", "3.10.1"),
          rule(CLOSED, SEND_SYN, SYN_SENT, "active open: create TCB", "3.10.1"),
          rule(LISTEN, SEND_SYN, SYN_SENT, "the open becomes active", "3.10.2"),
          rule(LISTEN, RECV_SYN, SYN_RCVD, "send SYN,ACK", "3.10.7.2"),
          rule(SYN_SENT, RECV_SYN_ACK, ESTABLISHED, "send ACK", "3.10.7.3"),
          rule(SYN_SENT, RECV_SYN, SYN_RCVD, "both open at once: send SYN,ACK", "3.10.7.3"),
          rule(SYN_RCVD, RECV_ACK_OF_SYN, ESTABLISHED, "", "3.10.7.4"),
          rule(SYN_RCVD, RECV_SYN_ACK, ESTABLISHED, "both have opened at once", "3.5"),
          // Opening, again: what was lost, and what comes too late.
          rule(SYN_SENT, SEND_SYN, SYN_SENT, "retransmission", "3.10.8"),
          rule(SYN_RCVD, SEND_SYN_ACK, SYN_RCVD, "answer, or retransmission", "3.10.8"),
          rule(SYN_RCVD, RECV_SYN, SYN_RCVD, "duplicate: send SYN,ACK again", "3.10.7.4"),
          rule(SYN_RCVD, RECV_NEW_SYN, LISTEN, "after a passive open: start anew", "3.10.7.4"),
          rule(ESTABLISHED, RECV_SYN, ESTABLISHED, "old or forged: challenge ACK", "3.10.7.4"),
          rule(FIN_WAIT_1, RECV_SYN, FIN_WAIT_1, "old or forged: challenge ACK", "3.10.7.4"),
          rule(FIN_WAIT_2, RECV_SYN, FIN_WAIT_2, "old or forged: challenge ACK", "3.10.7.4"),
          rule(CLOSE_WAIT, RECV_SYN, CLOSE_WAIT, "old or forged: challenge ACK", "3.10.7.4"),
          rule(CLOSING, RECV_SYN, CLOSING, "old or forged: challenge ACK", "3.10.7.4"),
          rule(LAST_ACK, RECV_SYN, LAST_ACK, "old or forged: challenge ACK", "3.10.7.4"),
          rule(TIME_WAIT, RECV_SYN, TIME_WAIT, "old duplicate: send ACK", "3.10.7.4"),
          rule(TIME_WAIT, RECV_NEW_SYN, SYN_RCVD, "reuse: send SYN,ACK", "3.6.1"),
          rule(ESTABLISHED, RECV_SYN_ACK, ESTABLISHED, "duplicate: send ACK again", "3.10.7.4"),
          // Closing.
          rule(LISTEN, CLOSE, CLOSED, "delete TCB", "3.10.4"),
          rule(SYN_SENT, CLOSE, CLOSED, "delete TCB", "3.10.4"),
          rule(SYN_RCVD, SEND_FIN, FIN_WAIT_1, "close", "3.10.4"),
          rule(SYN_RCVD, RECV_FIN, CLOSE_WAIT, "send ACK", "3.10.7.4"),
          rule(ESTABLISHED, SEND_FIN, FIN_WAIT_1, "close", "3.10.4"),
          rule(ESTABLISHED, RECV_FIN, CLOSE_WAIT, "send ACK", "3.10.7.4"),
          rule(FIN_WAIT_1, RECV_ACK_OF_FIN, FIN_WAIT_2, "", "3.10.7.4"),
          rule(FIN_WAIT_1, RECV_FIN, CLOSING, "both close at once: send ACK", "3.10.7.4"),
          rule(FIN_WAIT_2, RECV_FIN, TIME_WAIT, "send ACK, start the 2MSL timer", "3.10.7.4"),
          rule(CLOSE_WAIT, SEND_FIN, LAST_ACK, "close", "3.10.4"),
          rule(CLOSING, RECV_ACK_OF_FIN, TIME_WAIT, "start the 2MSL timer", "3.10.7.4"),
          rule(LAST_ACK, RECV_ACK_OF_FIN, CLOSED, "delete TCB", "3.10.7.4"),
          rule(TIME_WAIT, TIMEOUT_2MSL, CLOSED, "delete TCB", "3.10.8"),
          // Closing, again.
          rule(FIN_WAIT_1, SEND_FIN, FIN_WAIT_1, "retransmission", "3.10.8"),
          rule(CLOSING, SEND_FIN, CLOSING, "retransmission", "3.10.8"),
          rule(LAST_ACK, SEND_FIN, LAST_ACK, "retransmission", "3.10.8"),
          rule(CLOSE_WAIT, RECV_FIN, CLOSE_WAIT, "duplicate: send ACK again", "3.10.7.4"),
          rule(CLOSING, RECV_FIN, CLOSING, "duplicate: send ACK again", "3.10.7.4"),
          rule(LAST_ACK, RECV_FIN, LAST_ACK, "duplicate: send ACK again", "3.10.7.4"),
          rule(TIME_WAIT, RECV_FIN, TIME_WAIT, "send ACK, restart the 2MSL timer", "3.10.7.4"),
          // Reset received.
          rule(CLOSED, RECV_RST, CLOSED, "ignore", "3.10.7.1"),
          rule(LISTEN, RECV_RST, LISTEN, "ignore", "3.10.7.2"),
          rule(SYN_SENT, RECV_RST, CLOSED, "connection refused: delete TCB", "3.10.7.3"),
          BACK_TO_LISTEN,
          rule(SYN_RCVD, RECV_RST, CLOSED, "after an active open: refused", "3.10.7.4"),
          rule(ESTABLISHED, RECV_RST, CLOSED, "connection reset: delete TCB", "3.10.7.4"),
          rule(FIN_WAIT_1, RECV_RST, CLOSED, "connection reset: delete TCB", "3.10.7.4"),
          rule(FIN_WAIT_2, RECV_RST, CLOSED, "connection reset: delete TCB", "3.10.7.4"),
          rule(CLOSE_WAIT, RECV_RST, CLOSED, "connection reset: delete TCB", "3.10.7.4"),
          rule(CLOSING, RECV_RST, CLOSED, "delete TCB", "3.10.7.4"),
          rule(LAST_ACK, RECV_RST, CLOSED, "delete TCB", "3.10.7.4"),
          rule(TIME_WAIT, RECV_RST, CLOSED, "delete TCB", "3.10.7.4"),
          // Reset sent: the user aborts, or the segment belongs to no connection that is here.
          rule(CLOSED, SEND_RST, CLOSED, "answer: no such connection", "3.10.7.1"),
          rule(LISTEN, SEND_RST, LISTEN, "answer: no such connection", "3.10.7.2"),
          rule(SYN_SENT, SEND_RST, SYN_SENT, "answer: that was never sent", "3.10.7.3"),
          rule(SYN_RCVD, SEND_RST, CLOSED, "abort: delete TCB", "3.10.5"),
          rule(ESTABLISHED, SEND_RST, CLOSED, "abort: delete TCB", "3.10.5"),
          rule(FIN_WAIT_1, SEND_RST, CLOSED, "abort: delete TCB", "3.10.5"),
          rule(FIN_WAIT_2, SEND_RST, CLOSED, "abort: delete TCB", "3.10.5"),
          rule(CLOSE_WAIT, SEND_RST, CLOSED, "abort: delete TCB", "3.10.5"),
          rule(CLOSING, SEND_RST, CLOSED, "no TCB is left", "3.10.7.1"),
          rule(LAST_ACK, SEND_RST, CLOSED, "no TCB is left", "3.10.7.1"),
          rule(TIME_WAIT, SEND_RST, CLOSED, "no TCB is left", "3.10.7.1"),
          rule(LISTEN, ABORT, CLOSED, "delete TCB", "3.10.5"),
          rule(SYN_SENT, ABORT, CLOSED, "delete TCB", "3.10.5"),
          rule(CLOSING, ABORT, CLOSED, "delete TCB", "3.10.5"),
          rule(LAST_ACK, ABORT, CLOSED, "delete TCB", "3.10.5"),
          rule(TIME_WAIT, ABORT, CLOSED, "delete TCB", "3.10.5"),
          // Nobody answers: the user, or the system, waits no longer.
          rule(SYN_SENT, USER_TIMEOUT, CLOSED, "delete TCB", "3.10.8"),
          rule(SYN_RCVD, USER_TIMEOUT, CLOSED, "delete TCB", "3.10.8"),
          rule(ESTABLISHED, USER_TIMEOUT, CLOSED, "delete TCB", "3.10.8"),
          rule(FIN_WAIT_1, USER_TIMEOUT, CLOSED, "delete TCB", "3.10.8"),
          rule(FIN_WAIT_2, USER_TIMEOUT, CLOSED, "delete TCB", "3.10.8"),
          rule(CLOSE_WAIT, USER_TIMEOUT, CLOSED, "delete TCB", "3.10.8"),
          rule(CLOSING, USER_TIMEOUT, CLOSED, "delete TCB", "3.10.8"),
          rule(LAST_ACK, USER_TIMEOUT, CLOSED, "delete TCB", "3.10.8"));

  private static final @Nullable StateRule[][] LOOKUP = lookup();

  private StateRules() {}

  /** All rows, in an order in which they can be read aloud. */
  public static List<StateRule> all() {
    return TABLE;
  }

  /**
   * The row for an event in a state, or null if there is none.
   *
   * @param passive whether the end got there through LISTEN, which a reset in SYN-RCVD leads back
   *     to
   */
  static @Nullable StateRule find(TcpState state, Event event, boolean passive) {
    return passive && state == SYN_RCVD && event == RECV_RST
        ? BACK_TO_LISTEN
        : LOOKUP[state.ordinal()][event.ordinal()];
  }

  private static StateRule rule(
      TcpState from, Event event, TcpState to, String action, String section) {
    return new StateRule(from, event, to, action, "RFC 9293 §" + section);
  }

  private static @Nullable StateRule[][] lookup() {
    @Nullable StateRule[][] rules = new StateRule[TcpState.values().length][Event.values().length];
    for (StateRule rule : TABLE) {
      rules[rule.from().ordinal()][rule.event().ordinal()] = rule; // BACK_TO_LISTEN: see find
    }
    return rules;
  }
}
