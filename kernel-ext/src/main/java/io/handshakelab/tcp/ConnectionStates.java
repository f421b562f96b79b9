package io.handshakelab.tcp;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.Vantage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The second walk over a connection: what each segment does to both ends.
 *
 * <p>What a segment says of its sender is certain, and had happened by the time of the frame. What
 * it does to its receiver is certain if the capture was taken there, and elsewhere if a later
 * segment proves that it arrived ({@link EndFacts}): the transition then lies between the two. If
 * nothing proves it, the state is not known from there on. A user's call is never seen: {@code
 * LISTEN} is always inferred.
 */
final class ConnectionStates extends ClosingWalk {
  /** RFC 9293 §3.4.2: the maximum segment lifetime is taken to be two minutes. */
  private static final long TWO_MSL_NANOS = 240_000_000_000L;

  /** RFC 9293 §3.8.3 (R2 for a SYN) and the retransmission behind it: no system waits longer. */
  private static final long SYN_PATIENCE_NANOS = 300_000_000_000L;

  private static final int ONCE_OPEN =
      StateMachine.oneOf(
          TcpState.ESTABLISHED,
          TcpState.CLOSE_WAIT,
          TcpState.FIN_WAIT_1,
          TcpState.CLOSING,
          TcpState.LAST_ACK);

  private static final String TWO_WAY = "not TCP: two-way handshake";

  private static final int ALIVE = StateMachine.ANY & ~StateMachine.oneOf(TcpState.CLOSED);

  private static final int WAITING = StateMachine.oneOf(TcpState.LISTEN, TcpState.SYN_RCVD);

  private static final int ANSWERING = StateMachine.oneOf(TcpState.SYN_RCVD);

  ConnectionStates(
      Capture capture,
      SegmentColumns columns,
      Flow flow,
      Vantage vantage,
      @Nullable List<Transition> transitions) {
    super(capture, columns, flow, vantage, transitions);
  }

  /** Before the first segment. */
  void begin(Reuse reuse) {
    at(flow.firstRow);
    int flags = columns.flags(row);
    if (Flags.has(flags, Flags.SYN) && !Flags.has(flags, Flags.RST)) {
      opening(flags, reuse.of(flow, nanos));
    } else {
      new MidConnection(columns, flow).begin(client, server, row, nanos, frame(row));
    }
  }

  /** One segment. */
  void segment(int at) {
    at(at);
    lostPatience(client);
    waitedLongEnough(client);
    waitedLongEnough(server);
    findNobody(of(columns.sender(row).other()));
    if (proofs.isForeign(row)) {
      return;
    }
    EndStates sender = of(columns.sender(row));
    EndStates receiver = sender == client ? server : client;
    int flags = columns.flags(row);
    if (!Flags.has(flags, Flags.RST) || Flags.has(flags, Flags.ACK)) {
      sender.reach(columns.endSeq(row), nanos); // else its number was told by the other end
    }
    if (Flags.has(flags, Flags.RST)) {
      reset(sender, receiver, flags);
      return;
    }
    if (sender.own && sender.rstPerhapsSince != Transition.UNBOUNDED) {
      sender.rstPerhapsSince = Transition.UNBOUNDED;
      sender.narrow(ALIVE, "send ACK", "RFC 9293 §3.10.7.4", nanos, frame(row));
    }
    sender.sentBeforeNanos = sender.sentNanos;
    sender.sentNanos = nanos;
    if (Flags.isOpening(flags)) {
      sendSyn(sender, row);
      if (capture.isTwoWay() && !receiver.opened) {
        receiver.synReceived = true;
        receiver.opened = true;
        receiver.jump(
            TcpState.ESTABLISHED, Event.RECV_SYN.label(), TWO_WAY, nanos, frame(row), shown);
        return;
      }
      if (sender.synWaitsSince != Transition.UNBOUNDED) {
        if (sender.present || sender.facts.synAckRow == EndFacts.NONE) {
          sender.perhaps(Event.RECV_SYN, sender.synWaitsSince);
        } else {
          receive(sender, Event.RECV_SYN, sender.synWaitsSince, sender.facts.synAckRow);
          sender.synReceived = true;
        }
        sender.synWaitsSince = Transition.UNBOUNDED;
      }
      receiveSyn(sender, receiver);
    } else {
      if (Flags.isOpeningReply(flags)) {
        boolean anew = columns.has(row, Finding.PORTS_REUSED) && sender.facts.synAckRow < row;
        if (anew && sender.machine.isOneOf(WAITING)) {
          sender.listenAgain();
        }
        if (sender.facts.opensItself()) {
          sendSyn(sender, sender.facts.synRow);
        }
        if (!sender.synReceived) {
          provedSyn(sender, receiver);
        }
        if (row == sender.facts.synAckRow) {
          sender.narrow(ANSWERING, "send SYN,ACK", "RFC 9293 §3.10.7.2", nanos, frame(row));
        }
        receiveSynAck(receiver);
      }
      if (Flags.has(flags, Flags.ACK)) {
        proved(sender, flags);
      }
      if (columns.length[row] > 0 && sender.machine.isNew()) {
        sender.narrow(ONCE_OPEN, "send data", "RFC 9293 §3.10.2", nanos, frame(row));
      }
      if (Flags.has(flags, Flags.ACK)) {
        acknowledge(receiver, flags);
      }
      receiveFin(sender, receiver, flags);
    }
  }

  /** The segment is answered at once by what an end sends that knows of no connection. */
  private void findNobody(EndStates receiver) {
    int next = columns.next[row];
    if (receiver.own
        && next >= 0
        && columns.sender(next) == receiver.end
        && (columns.flags(next) & (Flags.RST | Flags.ACK)) == Flags.RST
        && columns.seq[next] == columns.ack[row]) {
      boolean opening = receiver.machine.is(TcpState.SYN_SENT);
      boolean goesOn =
          receiver.facts.lastSynRow > row || receiver.facts.firstAckRow != EndFacts.NONE;
      if (!opening || !goesOn) {
        receiver.perhaps(Event.USER_TIMEOUT, receiver.sentNanos);
      }
    }
  }

  /** When no more segments come. */
  void end() {
    long end = capture.timeNanos(capture.frameCount());
    for (EndStates side : List.of(client, server)) {
      if (side.machine.is(TcpState.TIME_WAIT) && end - side.timeWaitSince >= TWO_MSL_NANOS) {
        long over = side.own ? side.timeWaitSince + TWO_MSL_NANOS : end;
        side.between(Event.TIMEOUT_2MSL, side.timeWaitSince, over, null, Evidence.INFERRED);
      } else if (side.machine.is(TcpState.SYN_SENT) && end - nanos >= SYN_PATIENCE_NANOS) {
        long over = nanos + SYN_PATIENCE_NANOS;
        side.between(Event.USER_TIMEOUT, nanos, over, null, Evidence.INFERRED);
      }
    }
  }

  /** Whoever was in TIME-WAIT is so no longer when twice the lifetime of segments is over. */
  private void waitedLongEnough(EndStates end) {
    if (end.machine.is(TcpState.TIME_WAIT)
        && end.timeWaitSince != EndStates.NEVER
        && nanos - end.timeWaitSince >= TWO_MSL_NANOS) {
      long over = end.own ? end.timeWaitSince + TWO_MSL_NANOS : nanos;
      end.between(Event.TIMEOUT_2MSL, end.timeWaitSince, over, null, Evidence.INFERRED);
    }
  }

  private void reset(EndStates sender, EndStates receiver, int flags) {
    boolean ack = Flags.has(flags, Flags.ACK);
    boolean closed = ack && columns.seq[row] == 0; // RFC 9293 §3.10.7.1: the answer to a SYN
    boolean opens = sender.facts.opensItself() && !sender.facts.refused;
    if (closed && (opens || sender.facts.synAckRow > row)) {
      return; // it has opened only after that
    }
    if (ack) {
      proved(sender, flags);
    }
    boolean waited = sender.timeWaitFirst != EndStates.NEVER;
    if (waited
        && sender.machine.is(TcpState.TIME_WAIT)
        && nanos - sender.timeWaitFirst >= TWO_MSL_NANOS) {
      long since = sender.timeWaitFirst;
      sender.between(Event.TIMEOUT_2MSL, since, nanos, frame(row), Evidence.INFERRED);
    }
    sendReset(sender, ack);
    if (!columns.has(row, Finding.RST_ACCEPTABLE)) {
      return;
    }
    if (receiver.machine.is(TcpState.SYN_SENT)
        && !(ack
            && columns.ack[row] == SequenceNumber.plus(flow.from(receiver.end).baseAt(row), 1))) {
      return; // RFC 9293 §3.10.7.3
    }
    if (ack) {
      acknowledge(receiver, flags);
    }
    boolean assumed = !flow.from(sender.end).synSeen() && flow.openingSeen;
    boolean refuses = receiver.machine.is(TcpState.SYN_SENT);
    if (receiver.present && columns.has(row, Finding.RST_EXACT) && (refuses || !assumed)) {
      finBefore(receiver);
      rstBefore(receiver);
      receiver.at(Event.RECV_RST, nanos, frame(row), shown);
    } else {
      receiver.rstPerhapsSince = nanos;
      receiver.perhaps(Event.RECV_RST, nanos);
    }
  }

  private void sendReset(EndStates sender, boolean ack) {
    int opening = SequenceNumber.plus(flow.from(sender.end).baseAt(row), 1);
    if (!ack && sender.facts.synAckRow > row && !flow.from(sender.end).isBaseExactAt(row)) {
      return; // it knew of no connection before that
    }
    boolean half = sender.machine.is(TcpState.SYN_SENT) || sender.machine.is(TcpState.SYN_RCVD);
    if (half && !ack && columns.seq[row] != opening) {
      // The answer to an acknowledgement of what was never sent, or of one that has given up.
      if (sender.facts.lastSynRow < row && sender.facts.firstAckRow == EndFacts.NONE) {
        sender.perhaps(Event.CLOSE, time(Math.max(flow.firstRow, sender.facts.lastSynRow)));
      }
      return;
    }
    if (!ack
        && flow.from(sender.end).isBaseExactAt(row)
        && !sender.hasUsed(columns.seq[row], flow.from(sender.end).baseAt(row))) {
      if (sender.facts.lastRow < row) {
        sender.perhaps(
            Event.SEND_RST, Transition.UNBOUNDED); // it may know of no connection any more
      }
      return;
    }
    if (sender.facts.refused && sender.machine.couldBe(TcpState.SYN_SENT)) {
      if (ack) {
        sender.perhaps(Event.CLOSE, Transition.UNBOUNDED); // or it has opened only after that
      } else {
        sender.by(Event.CLOSE, nanos, null, Evidence.INFERRED);
      }
      return;
    }
    finBefore(sender);
    send(sender, Event.SEND_RST, row);
  }

  /** An end that is closed now sends nothing more: its FIN is under way. */
  private void finBefore(EndStates end) {
    if (!end.finSent && end.facts.finProofRow > row) {
      end.finSent = true;
      send(end, Event.SEND_FIN, end.facts.finProofRow);
    }
  }

  /** A RST of its own that is still to come was under way, or answers something else. */
  private void rstBefore(EndStates end) {
    EndFacts facts = end.facts;
    if (end.own || facts.rstRow < row || end.machine.is(TcpState.SYN_SENT)) {
      return;
    }
    if (facts.rstHasAck) {
      send(end, Event.SEND_RST, facts.rstRow);
    } else {
      end.perhaps(Event.SEND_RST, Transition.UNBOUNDED);
    }
  }
}
