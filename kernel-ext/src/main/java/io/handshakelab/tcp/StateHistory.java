package io.handshakelab.tcp;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.Vantage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The states of both ends after each segment, and the transitions between them.
 *
 * <p>What a segment does to its sender is certain. What it does to its receiver is certain only if
 * the capture was taken there; elsewhere it is inferred, and happens later than the time of the
 * frame, if at all. A user's call is never seen: {@code LISTEN} is always inferred.
 */
final class StateHistory {
  /** RFC 9293 §3.4.1: the maximum segment lifetime is taken to be two minutes. */
  private static final long TWO_MSL_NANOS = 240_000_000_000L;

  private static final byte UNKNOWN = -1;

  private final Capture capture;
  private final SegmentColumns columns;
  private final List<Flow> flows;
  private final byte[][] states;

  /** Null if only states are asked for: there may be very many transitions. */
  private final @Nullable List<Transition> transitions;

  /** The states after each segment. */
  StateHistory(Capture capture, SegmentColumns columns, List<Flow> flows) {
    this(capture, columns, flows, null);
  }

  private StateHistory(
      Capture capture,
      SegmentColumns columns,
      List<Flow> flows,
      @Nullable List<Transition> transitions) {
    this.transitions = transitions;
    this.capture = capture;
    this.columns = columns;
    this.states = new byte[][] {new byte[columns.count], new byte[columns.count]};
    for (byte[] column : states) {
      Arrays.fill(column, UNKNOWN);
    }
    this.flows = flows;
  }

  /** Goes through all connections. */
  StateHistory tell() {
    for (Flow flow : flows) {
      new Run(flow).run();
    }
    return this;
  }

  @Nullable TcpState state(Sender end, int row) {
    byte state = states[end.ordinal()][row];
    return state == UNKNOWN ? null : TcpState.of(state);
  }

  /** By connection; within one, in the order in which they happened. */
  static List<Transition> transitions(Capture capture, SegmentColumns columns, List<Flow> flows) {
    List<Transition> all = new ArrayList<>();
    new StateHistory(capture, columns, flows, all).tell();
    return all;
  }

  /** One connection. */
  private final class Run {
    private final Flow flow;
    private final StateMachine[] machines = {new StateMachine(), new StateMachine()};
    private final Vantage vantage;
    private final long[] timeWaitSince = {0, 0};

    private int row;
    private Evidence shown = Evidence.INFERRED;

    Run(Flow flow) {
      this.flow = flow;
      this.vantage = vantage(flow);
    }

    void run() {
      beforeFirst();
      for (row = flow.firstRow; row >= 0; row = columns.next[row]) {
        shown = capture.evidence(columns.frame[row]);
        segment(columns.sender(row));
        note(Sender.CLIENT);
        note(Sender.SERVER);
      }
      afterLast();
    }

    private void note(Sender end) {
      TcpState state = machine(end).state();
      states[end.ordinal()][row] = state == null ? UNKNOWN : (byte) state.ordinal();
    }

    /** What must have been so before the first segment, if that one opens the connection. */
    private void beforeFirst() {
      row = flow.firstRow;
      int flags = columns.flags(row);
      if (!Flags.has(flags, Flags.SYN) || Flags.has(flags, Flags.RST)) {
        return;
      }
      machine(Sender.CLIENT).set(TcpState.CLOSED);
      if (flow.fromServer.firstSynAckRow != Direction.NO_ROW && !bothOpen()) {
        machine(Sender.SERVER).set(TcpState.CLOSED);
        infer(Sender.SERVER, Event.PASSIVE_OPEN);
      } else if (flow.fromServer.firstSynRow != Direction.NO_ROW
          || flow.fromServer.firstRstRow != Direction.NO_ROW) {
        machine(Sender.SERVER).set(TcpState.CLOSED);
      }
      if (Flags.isOpeningReply(flags)) {
        infer(Sender.CLIENT, Event.ACTIVE_OPEN);
        infer(Sender.SERVER, Event.RECV_SYN);
      }
    }

    private boolean bothOpen() {
      int own = flow.fromServer.firstSynRow;
      return own != Direction.NO_ROW && own < flow.fromServer.firstSynAckRow;
    }

    private void segment(Sender sender) {
      Sender receiver = sender.other();
      int flags = columns.flags(row);
      caughtUp(sender, flags);
      if (Flags.isOpening(flags)) {
        fire(sender, Event.SEND_SYN);
        if (!flow.from(sender).unansweredSyns) {
          fireAt(receiver, Event.RECV_SYN);
        }
      }
      if (Flags.has(flags, Flags.RST)) {
        reset(sender, flags);
        return;
      }
      if (Flags.has(flags, Flags.ACK)) {
        acknowledge(sender, flags);
      }
      if (columns.length[row] > 0) {
        entered(sender);
      }
      Direction own = flow.from(sender);
      if (own.finRow == row) {
        finish(sender);
      }
      if (isFinReceived(own)) {
        receiveFin(receiver, true);
      }
    }

    /** What the sender must have received already, or it would not send this segment. */
    private void caughtUp(Sender sender, int flags) {
      StateMachine machine = machine(sender);
      boolean plain = (flags & (Flags.SYN | Flags.RST | Flags.ACK)) == Flags.ACK;
      if (Flags.isOpeningReply(flags) && machine.state() != TcpState.SYN_RCVD) {
        fire(sender, Event.RECV_SYN);
      } else if (plain && machine.state() == TcpState.SYN_SENT) {
        fire(sender, Event.RECV_SYN_ACK);
      }
      if (isFinReceived(flow.from(sender.other()))) {
        receiveFin(sender, false);
      }
    }

    private void acknowledge(Sender sender, int flags) {
      Sender receiver = sender.other();
      Direction theirs = flow.from(receiver);
      boolean coversSyn =
          theirs.baseExact
              && row > theirs.repeatedSynRow
              && SequenceNumber.isAfter(columns.ack[row], theirs.base);
      if (coversSyn) {
        fireAt(receiver, Flags.has(flags, Flags.SYN) ? Event.RECV_SYN_ACK : Event.RECV_ACK_OF_SYN);
      }
      if (columns.has(row, Finding.COVERS_FIN) && row > theirs.repeatedFinRow) {
        fireAt(receiver, Event.RECV_ACK_OF_FIN);
      }
    }

    private void reset(Sender sender, int flags) {
      if (flow.from(sender).finRow == row) {
        finish(sender);
      }
      if (machine(sender).state() == null) {
        enter(sender, Event.SEND_RST.label(), TcpState.CLOSED, "RFC 9293 §3.5.2", shown);
      } else {
        fire(sender, Event.SEND_RST);
      }
      if (!columns.has(row, Finding.RST_ACCEPTABLE)) {
        return;
      }
      Sender receiver = sender.other();
      if (Flags.has(flags, Flags.ACK) && columns.has(row, Finding.COVERS_FIN)) {
        fireAt(receiver, Event.RECV_ACK_OF_FIN);
      }
      if (machine(receiver).state() == null) {
        enter(
            receiver, Event.RECV_RST.label(), TcpState.CLOSED, "RFC 9293 §3.5.3", atEnd(receiver));
      } else {
        fireAt(receiver, Event.RECV_RST);
      }
    }

    /** Where the capture begins later than the connection: only an open end sends data. */
    private void entered(Sender sender) {
      boolean known = machine(sender).state() != null;
      if (!known && !flow.from(sender.other()).finSentBefore(row)) {
        enter(sender, "send data", TcpState.ESTABLISHED, "RFC 9293 §3.3.2", Evidence.INFERRED);
      } else if (!known) {
        enter(sender, "send data", TcpState.CLOSE_WAIT, "RFC 9293 §3.3.2", Evidence.INFERRED);
      }
    }

    private void finish(Sender sender) {
      if (machine(sender).state() != null) {
        fire(sender, Event.SEND_FIN);
        return;
      }
      Direction theirs = flow.from(sender.other());
      if (theirs.finSentBefore(row)) {
        enter(sender, Event.SEND_FIN.label(), TcpState.LAST_ACK, "RFC 9293 §3.10.4", shown);
      } else if (theirs.lastDataOrFinRow > row || machine(sender.other()).state() != null) {
        enter(sender, Event.SEND_FIN.label(), TcpState.FIN_WAIT_1, "RFC 9293 §3.10.4", shown);
      }
    }

    private void receiveFin(Sender end, boolean onArrival) {
      if (machine(end).state() != null) {
        if (onArrival) {
          fireAt(end, Event.RECV_FIN);
        } else {
          fire(end, Event.RECV_FIN);
        }
      } else if (flow.from(end).lastDataOrFinRow >= row && !flow.from(end).finSentBefore(row)) {
        enter(
            end,
            Event.RECV_FIN.label(),
            TcpState.CLOSE_WAIT,
            "RFC 9293 §3.10.7.4",
            Evidence.INFERRED);
      }
    }

    private boolean isFinReceived(Direction direction) {
      return direction.finReceivedRow == row && !direction.finInFlight;
    }

    private void afterLast() {
      long end = capture.timeNanos(capture.frameCount());
      row = -1;
      for (Sender side : Sender.values()) {
        long since = timeWaitSince[side.ordinal()];
        if (machine(side).state() == TcpState.TIME_WAIT && end - since >= TWO_MSL_NANOS) {
          apply(side, Event.TIMEOUT_2MSL, since + TWO_MSL_NANOS, null, Evidence.INFERRED);
        }
      }
    }

    private StateMachine machine(Sender end) {
      return machines[end.ordinal()];
    }

    private Evidence atEnd(Sender end) {
      boolean there =
          vantage == Vantage.BOTH
              || vantage == (end == Sender.CLIENT ? Vantage.CLIENT : Vantage.SERVER);
      return there ? shown : Evidence.INFERRED;
    }

    /** The segment proves it, because this end sent it. */
    private void fire(Sender end, Event event) {
      apply(end, event, capture.timeNanos(columns.frame[row]), columns.frame[row], shown);
    }

    /** The segment does it, if this end has received it. */
    private void fireAt(Sender end, Event event) {
      apply(end, event, capture.timeNanos(columns.frame[row]), columns.frame[row], atEnd(end));
    }

    /** No segment shows it. */
    private void infer(Sender end, Event event) {
      apply(end, event, capture.timeNanos(columns.frame[row]), null, Evidence.INFERRED);
    }

    private void apply(
        Sender end, Event event, long nanos, @Nullable Integer frame, Evidence evidence) {
      StateRule rule = machine(end).on(event);
      if (rule != null && !rule.stays()) {
        add(end, rule.from(), event.label(), rule.to(), nanos, frame, rule.rfc(), evidence);
      }
    }

    private void enter(Sender end, String event, TcpState to, String rfc, Evidence evidence) {
      machine(end).set(to);
      int frame = columns.frame[row];
      add(end, null, event, to, capture.timeNanos(frame), frame, rfc, evidence);
    }

    private void add(
        Sender end,
        @Nullable TcpState from,
        String event,
        TcpState to,
        long nanos,
        @Nullable Integer frame,
        String rfc,
        Evidence evidence) {
      if (to == TcpState.TIME_WAIT) {
        timeWaitSince[end.ordinal()] = nanos;
      }
      if (transitions != null) {
        transitions.add(
            new Transition(flow.number, nanos, end, from, event, to, frame, rfc, evidence));
      }
    }
  }

  private Vantage vantage(Flow flow) {
    Vantage recorded = capture.vantage();
    if (recorded != null) {
      return recorded;
    }
    boolean sameHost =
        (flow.client().isLoopback() && flow.server().isLoopback())
            || flow.client().address().equals(flow.server().address());
    return sameHost ? Vantage.BOTH : Vantage.MIDDLE;
  }
}
