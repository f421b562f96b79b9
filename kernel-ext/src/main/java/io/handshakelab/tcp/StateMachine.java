package io.handshakelab.tcp;

import static io.handshakelab.tcp.Event.ACTIVE_OPEN;
import static io.handshakelab.tcp.Event.PASSIVE_OPEN;
import static io.handshakelab.tcp.Event.RECV_ACK_OF_FIN;
import static io.handshakelab.tcp.Event.RECV_ACK_OF_SYN;
import static io.handshakelab.tcp.Event.RECV_FIN;
import static io.handshakelab.tcp.Event.RECV_RST;
import static io.handshakelab.tcp.Event.RECV_SYN;
import static io.handshakelab.tcp.Event.RECV_SYN_ACK;
import static io.handshakelab.tcp.Event.SEND_FIN;
import static io.handshakelab.tcp.Event.SEND_RST;
import static io.handshakelab.tcp.Event.SEND_SYN;
import static io.handshakelab.tcp.Event.TIMEOUT_2MSL;
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
 * The state machine of RFC 9293 §3.3.2 (Figure 5), with what §3.10 adds, for one end. The
 * {@linkplain #TABLE table} is all of it: an event that has no row in a state changes nothing
 * there.
 */
final class StateMachine {
  /** In {@code from}, on {@code event}: do {@code action}, and go to {@code to}. */
  record Rule(TcpState from, Event event, TcpState to, String action, String rfc) {}

  static final List<Rule> TABLE =
      List.of(
          // Opening.
          rule(CLOSED, PASSIVE_OPEN, LISTEN, "create TCB", "3.10.1"),
          rule(CLOSED, ACTIVE_OPEN, SYN_SENT, "create TCB, send SYN", "3.10.1"),
          rule(CLOSED, SEND_SYN, SYN_SENT, "active open: create TCB", "3.10.1"),
          rule(LISTEN, SEND_SYN, SYN_SENT, "open becomes active", "3.10.2"),
          rule(LISTEN, RECV_SYN, SYN_RCVD, "send SYN,ACK", "3.10.7.2"),
          rule(SYN_SENT, RECV_SYN_ACK, ESTABLISHED, "send ACK", "3.10.7.3"),
          rule(SYN_SENT, RECV_SYN, SYN_RCVD, "send SYN,ACK: both open at once", "3.10.7.3"),
          rule(SYN_RCVD, RECV_ACK_OF_SYN, ESTABLISHED, "", "3.10.7.4"),
          rule(SYN_RCVD, RECV_SYN_ACK, ESTABLISHED, "both opened at once", "3.5"),
          // Closing.
          rule(SYN_RCVD, SEND_FIN, FIN_WAIT_1, "close", "3.10.4"),
          rule(SYN_RCVD, RECV_FIN, CLOSE_WAIT, "send ACK", "3.10.7.4"),
          rule(ESTABLISHED, SEND_FIN, FIN_WAIT_1, "close", "3.10.4"),
          rule(ESTABLISHED, RECV_FIN, CLOSE_WAIT, "send ACK", "3.10.7.4"),
          rule(FIN_WAIT_1, RECV_ACK_OF_FIN, FIN_WAIT_2, "", "3.10.7.4"),
          rule(FIN_WAIT_1, RECV_FIN, CLOSING, "send ACK: both close at once", "3.10.7.4"),
          rule(FIN_WAIT_2, RECV_FIN, TIME_WAIT, "send ACK, start the 2MSL timer", "3.10.7.4"),
          rule(CLOSE_WAIT, SEND_FIN, LAST_ACK, "close", "3.10.4"),
          rule(CLOSING, RECV_ACK_OF_FIN, TIME_WAIT, "start the 2MSL timer", "3.10.7.4"),
          rule(LAST_ACK, RECV_ACK_OF_FIN, CLOSED, "delete TCB", "3.10.7.4"),
          rule(TIME_WAIT, TIMEOUT_2MSL, CLOSED, "delete TCB", "3.10.8"),
          // Reset received. After a passive open, SYN-RCVD falls back: see BACK_TO_LISTEN.
          rule(SYN_SENT, RECV_RST, CLOSED, "connection refused: delete TCB", "3.10.7.3"),
          rule(SYN_RCVD, RECV_RST, CLOSED, "connection refused: delete TCB", "3.10.7.4"),
          rule(ESTABLISHED, RECV_RST, CLOSED, "connection reset: delete TCB", "3.10.7.4"),
          rule(FIN_WAIT_1, RECV_RST, CLOSED, "connection reset: delete TCB", "3.10.7.4"),
          rule(FIN_WAIT_2, RECV_RST, CLOSED, "connection reset: delete TCB", "3.10.7.4"),
          rule(CLOSE_WAIT, RECV_RST, CLOSED, "connection reset: delete TCB", "3.10.7.4"),
          rule(CLOSING, RECV_RST, CLOSED, "delete TCB", "3.10.7.4"),
          rule(LAST_ACK, RECV_RST, CLOSED, "delete TCB", "3.10.7.4"),
          rule(TIME_WAIT, RECV_RST, CLOSED, "delete TCB", "3.10.7.4"),
          // Reset sent: the user aborts, or nobody is there any more.
          rule(SYN_RCVD, SEND_RST, CLOSED, "abort: delete TCB", "3.10.5"),
          rule(ESTABLISHED, SEND_RST, CLOSED, "abort: delete TCB", "3.10.5"),
          rule(FIN_WAIT_1, SEND_RST, CLOSED, "abort: delete TCB", "3.10.5"),
          rule(FIN_WAIT_2, SEND_RST, CLOSED, "abort: delete TCB", "3.10.5"),
          rule(CLOSE_WAIT, SEND_RST, CLOSED, "abort: delete TCB", "3.10.5"),
          rule(CLOSING, SEND_RST, CLOSED, "no TCB is left", "3.10.7.1"),
          rule(LAST_ACK, SEND_RST, CLOSED, "no TCB is left", "3.10.7.1"),
          rule(TIME_WAIT, SEND_RST, CLOSED, "no TCB is left", "3.10.7.1"));

  /** Figure 5, note 1: only if SYN-RCVD was entered from LISTEN. */
  private static final Rule BACK_TO_LISTEN =
      rule(SYN_RCVD, RECV_RST, LISTEN, "after a passive open", "3.10.7.4");

  private static final @Nullable Rule[][] LOOKUP = lookup();

  private @Nullable TcpState state;
  private boolean passive;

  /** The state now, or null while it is not known. */
  @Nullable TcpState state() {
    return state;
  }

  /** Starts in a state that something else has shown. */
  void set(TcpState known) {
    state = known;
  }

  /** Goes where the table says; null if the event changes nothing, or the state is not known. */
  @Nullable Rule on(Event event) {
    if (state == null) {
      return null;
    }
    Rule rule = LOOKUP[state.ordinal()][event.ordinal()];
    if (rule == null) {
      return null;
    }
    if (passive && state == SYN_RCVD && event == RECV_RST) {
      rule = BACK_TO_LISTEN;
    }
    passive = rule.to() == LISTEN || (passive && event != SEND_SYN);
    state = rule.to();
    return rule;
  }

  private static Rule rule(TcpState from, Event event, TcpState to, String action, String section) {
    return new Rule(from, event, to, action, "RFC 9293 §" + section);
  }

  private static @Nullable Rule[][] lookup() {
    @Nullable Rule[][] rules = new Rule[TcpState.values().length][Event.values().length];
    for (Rule rule : TABLE) {
      rules[rule.from().ordinal()][rule.event().ordinal()] = rule;
    }
    return rules;
  }
}
