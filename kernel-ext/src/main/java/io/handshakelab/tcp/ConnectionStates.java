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
final class ConnectionStates {
  /** RFC 9293 §3.4.2: the maximum segment lifetime is taken to be two minutes. */
  private static final long TWO_MSL_NANOS = 240_000_000_000L;

  /** RFC 9293 §3.8.3 (R2 for a SYN) and the retransmission behind it: no system waits longer. */
  private static final long SYN_PATIENCE_NANOS = 300_000_000_000L;

  /** A SYN,ACK that was under way at the same time is not seen so long after. */
  private static final long SYN_ACK_UNDER_WAY_NANOS = 100_000_000L;

  private static final int ONCE_OPEN =
      StateMachine.oneOf(
          TcpState.ESTABLISHED,
          TcpState.CLOSE_WAIT,
          TcpState.FIN_WAIT_1,
          TcpState.CLOSING,
          TcpState.LAST_ACK);

  private final Capture capture;
  private final SegmentColumns columns;
  private final Flow flow;
  private final EndStates client;
  private final EndStates server;

  private int row;
  private long nanos;
  private Evidence shown = Evidence.INFERRED;

  ConnectionStates(
      Capture capture,
      SegmentColumns columns,
      Flow flow,
      Vantage vantage,
      @Nullable List<Transition> transitions) {
    this.capture = capture;
    this.columns = columns;
    this.flow = flow;
    Proofs proofs = Proofs.of(columns, flow);
    client = end(Sender.CLIENT, proofs, vantage, Vantage.CLIENT, transitions);
    server = end(Sender.SERVER, proofs, vantage, Vantage.SERVER, transitions);
  }

  private EndStates end(
      Sender end,
      Proofs proofs,
      Vantage vantage,
      Vantage there,
      @Nullable List<Transition> transitions) {
    boolean own = vantage == there;
    boolean present = own || vantage == Vantage.BOTH;
    return new EndStates(end, proofs.of(end), present, own, flow.number, transitions);
  }

  /** Before the first segment. */
  void begin() {
    at(flow.firstRow);
    int flags = columns.flags(row);
    if (Flags.has(flags, Flags.SYN) && !Flags.has(flags, Flags.RST)) {
      opening(flags);
    } else {
      new MidConnection(columns, flow).begin(client, server, row, nanos, frame(row));
    }
  }

  @Nullable TcpState state(Sender end) {
    return of(end).machine.state();
  }

  /** One segment. */
  void segment(int at) {
    at(at);
    EndStates sender = of(columns.sender(row));
    EndStates receiver = sender == client ? server : client;
    int flags = columns.flags(row);
    if (Flags.has(flags, Flags.RST)) {
      reset(sender, receiver, flags);
    } else if (Flags.isOpening(flags)) {
      sendSyn(sender, row);
      receiveSyn(sender, receiver);
    } else {
      if (Flags.isOpeningReply(flags)) {
        if (!sender.synReceived) {
          provedSyn(sender, receiver);
        }
        receiveSynAck(receiver);
      }
      if (Flags.has(flags, Flags.ACK)) {
        proved(sender, flags);
      }
      if (columns.length[row] > 0 && sender.machine.state() == null) {
        sender.narrow(ONCE_OPEN, "send data", "RFC 9293 §3.10.2", nanos, frame(row));
      }
      if (Flags.has(flags, Flags.ACK)) {
        acknowledge(receiver, flags);
      }
      receiveFin(sender, receiver, flags);
    }
  }

  /** When no more segments come. */
  void end() {
    long end = capture.timeNanos(capture.frameCount());
    for (EndStates side : List.of(client, server)) {
      if (side.machine.is(TcpState.TIME_WAIT) && end - side.timeWaitSince >= TWO_MSL_NANOS) {
        long over = side.timeWaitSince + TWO_MSL_NANOS;
        side.between(Event.TIMEOUT_2MSL, side.timeWaitSince, over, null, Evidence.INFERRED);
      } else if (side.machine.is(TcpState.SYN_SENT) && end - nanos >= SYN_PATIENCE_NANOS) {
        long over = nanos + SYN_PATIENCE_NANOS;
        side.between(Event.USER_TIMEOUT, nanos, over, null, Evidence.INFERRED);
      }
    }
  }

  // Opening.

  /** What must have been so before the first segment, which has a SYN. */
  private void opening(int flags) {
    client.machine.set(TcpState.CLOSED);
    EndFacts waiting = server.facts;
    boolean bothOpen =
        waiting.synRow != EndFacts.NONE
            && (waiting.synAckRow == EndFacts.NONE || waiting.synRow < waiting.synAckRow);
    if (waiting.synAckRow != EndFacts.NONE && !bothOpen) {
      server.machine.set(TcpState.CLOSED);
      server.by(Event.PASSIVE_OPEN, nanos, null, Evidence.INFERRED);
    } else if (bothOpen || waiting.rstRow != EndFacts.NONE) {
      server.machine.set(TcpState.CLOSED);
    }
    if (Flags.isOpeningReply(flags)) {
      client.by(Event.ACTIVE_OPEN, nanos, null, Evidence.INFERRED);
      client.synSent = true;
      server.by(Event.RECV_SYN, nanos, null, Evidence.INFERRED);
      server.synReceived = true;
    }
  }

  private void sendSyn(EndStates sender, int synRow) {
    if (sender.synSent) {
      return; // a retransmission
    }
    sender.synSent = true;
    if (sender.facts.refused && !sender.own) {
      sender.perhaps(Event.SEND_SYN, nanos); // a SYN from earlier that was under way for long?
    } else {
      send(sender, Event.SEND_SYN, synRow);
    }
  }

  private void receiveSyn(EndStates sender, EndStates receiver) {
    EndFacts theirs = receiver.facts;
    if (receiver.synReceived) {
      return;
    }
    boolean crossing = theirs.synRow > row && !receiver.own;
    if (crossing && (theirs.synAckRow == EndFacts.NONE || theirs.synRow < theirs.synAckRow)) {
      sendSyn(receiver, theirs.synRow); // else it would have answered: it was under way before
    }
    if (theirs.synAckRow == EndFacts.NONE && !receiver.machine.is(TcpState.SYN_SENT)) {
      return; // nobody there, as far as anyone can tell
    }
    boolean once = sender.facts.unansweredSyns <= 1;
    boolean last = row == sender.facts.lastUnansweredSyn;
    if (receiver.machine.is(TcpState.SYN_SENT) && receiver.present) {
      receiver.synReceived = true;
      receiver.at(Event.RECV_SYN, nanos, frame(row), shown);
    } else if (once || (receiver.own && last)) {
      receive(receiver, Event.RECV_SYN, theirs.synAckRow);
      receiver.synReceived = theirs.synAckRow != EndFacts.NONE;
    } else if (!receiver.own) {
      receiver.perhaps(Event.RECV_SYN, nanos);
    }
  }

  /** An answer to a SYN: only one that has received it sends that. */
  private void provedSyn(EndStates sender, EndStates receiver) {
    sender.synReceived = true;
    int syn = receiver.facts.synRow;
    long from = syn != EndFacts.NONE && syn < row ? time(syn) : Transition.UNBOUNDED;
    sender.between(Event.RECV_SYN, from, nanos, frame(row), Evidence.INFERRED);
  }

  private void receiveSynAck(EndStates receiver) {
    EndFacts facts = receiver.facts;
    boolean answers =
        columns.ack[row] == SequenceNumber.plus(flow.from(receiver.end).baseAt(row), 1);
    if (receiver.opened || !answers || facts.refused) {
      return;
    }
    if (receiver.present || facts.firstAckRow == EndFacts.NONE || row == facts.answerLast) {
      receive(receiver, Event.RECV_SYN_ACK, facts.firstAckRow);
      receiver.synReceived = receiver.present || facts.firstAckRow != EndFacts.NONE;
      receiver.opened = receiver.synReceived;
    } else {
      receiver.perhaps(Event.RECV_SYN_ACK, nanos);
    }
  }

  // What a segment proves of its sender.

  private void proved(EndStates sender, int flags) {
    EndFacts facts = sender.facts;
    boolean plain = !Flags.has(flags, Flags.SYN);
    if (plain && row == facts.firstAckRow && sender.machine.couldBe(TcpState.SYN_SENT)) {
      sender.opened = true;
      sender.synReceived = true;
      sender.by(Event.RECV_SYN_ACK, nanos, frame(row), Evidence.INFERRED);
    }
    if (row == facts.openProofRow && !sender.opened) {
      sender.opened = true;
      sender.by(Event.RECV_ACK_OF_SYN, nanos, frame(row), Evidence.INFERRED);
    }
    if (facts.finFirst) {
      sendFin(sender);
    }
    if (row == facts.coverRow && !sender.finReceived) {
      sender.finReceived = true;
      sender.by(Event.RECV_FIN, nanos, frame(row), Evidence.INFERRED);
    }
    sendFin(sender);
    if (row == facts.ackOfFinProofRow && !sender.finAcked) {
      sender.finAcked = true;
      sender.by(Event.RECV_ACK_OF_FIN, nanos, frame(row), Evidence.INFERRED);
    }
  }

  private void sendFin(EndStates sender) {
    if (row == sender.facts.finProofRow && !sender.finSent) {
      sender.finSent = true;
      send(sender, Event.SEND_FIN, row);
    }
  }

  // What a segment does to its receiver.

  private void acknowledge(EndStates receiver, int flags) {
    EndFacts facts = receiver.facts;
    if (!receiver.opened && !Flags.has(flags, Flags.SYN)) {
      acknowledgeSyn(receiver, facts);
    }
    if (receiver.finAcked || (row != facts.ackOfFinRow && row != facts.ackOfFinAgain)) {
      return;
    }
    if (!receiver.finSent) {
      receiver.finSent = true;
      send(receiver, Event.SEND_FIN, Math.max(row, facts.finProofRow));
    }
    boolean proved = facts.ackOfFinProofRow != EndFacts.NONE;
    EndFacts ours = (receiver == client ? server : client).facts;
    boolean crossed =
        ours.bareFin && facts.coverRow != EndFacts.NONE && facts.ackOfFinRow < facts.coverRow;
    if (receiver.present || (proved && !crossed && row == facts.ackOfFinAgain)) {
      receiver.finAcked = true;
      receive(receiver, Event.RECV_ACK_OF_FIN, facts.ackOfFinProofRow);
    } else if (!proved || crossed) {
      receiver.perhaps(Event.RECV_ACK_OF_FIN, nanos);
    }
  }

  private void acknowledgeSyn(EndStates receiver, EndFacts facts) {
    if (row != facts.ackOfSynRow && row != facts.ackOfSynAgain) {
      return;
    }
    boolean proved = facts.openProofRow != EndFacts.NONE;
    boolean again = row == facts.ackOfSynAgain;
    boolean ignored =
        facts.lastSynRow > row && time(facts.lastSynRow) - nanos > SYN_ACK_UNDER_WAY_NANOS;
    if (again || (receiver.present && !ignored)) {
      receive(receiver, Event.RECV_ACK_OF_SYN, facts.openProofRow);
      receiver.opened = receiver.present || proved;
    } else if (!receiver.own) {
      receiver.perhaps(Event.RECV_ACK_OF_SYN, nanos);
    }
  }

  private void receiveFin(EndStates sender, EndStates receiver, int flags) {
    Direction theirs = flow.from(sender.end);
    EndFacts facts = receiver.facts;
    if (!theirs.finSent() || Flags.has(flags, Flags.SYN)) {
      return;
    }
    if (receiver.finReceived) {
      boolean again = Flags.has(flags, Flags.FIN) && receiver.present;
      if (again && receiver.machine.is(TcpState.TIME_WAIT)) {
        receiver.timeWaitSince = nanos; // RFC 9293 §3.10.7.4: the 2MSL timer starts again
      }
      return;
    }
    boolean complete = row == theirs.finCompleteRow;
    boolean last = row == sender.facts.lastFinBeforeCover && row > theirs.finCompleteRow;
    if ((!complete && !last) || theirs.finCompleteRow == Direction.NO_ROW) {
      return;
    }
    if (facts.finFirst && !receiver.finSent) {
      receiver.finSent = true;
      send(receiver, Event.SEND_FIN, Math.max(row, facts.finProofRow));
    }
    boolean proved = facts.coverRow != EndFacts.NONE;
    boolean repeated = sender.facts.lastFinBeforeCover > row;
    if (receiver.present ? !isRefused(receiver, proved) : proved && !repeated) {
      receiver.finReceived = true;
      receive(receiver, Event.RECV_FIN, facts.coverRow);
    } else {
      receiver.perhaps(Event.RECV_FIN, nanos);
    }
  }

  /** The receiver has answered at once that there is no such connection, or not any more. */
  private boolean isRefused(EndStates receiver, boolean proved) {
    int next = columns.next[row];
    return !proved
        && next >= 0
        && columns.sender(next) == receiver.end
        && Flags.has(columns.flags(next), Flags.RST);
  }

  // Aborting.

  private void reset(EndStates sender, EndStates receiver, int flags) {
    boolean ack = Flags.has(flags, Flags.ACK);
    if (ack) {
      proved(sender, flags);
    }
    sendReset(sender, receiver, ack);
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
    if (receiver.present && columns.has(row, Finding.RST_EXACT)) {
      receiver.reset = true;
      receiver.at(Event.RECV_RST, nanos, frame(row), shown);
    } else {
      receiver.perhaps(Event.RECV_RST, nanos);
    }
  }

  private void sendReset(EndStates sender, EndStates receiver, boolean ack) {
    int opening = SequenceNumber.plus(flow.from(sender.end).baseAt(row), 1);
    boolean half = sender.machine.is(TcpState.SYN_SENT) || sender.machine.is(TcpState.SYN_RCVD);
    if (half && !ack && columns.seq[row] != opening) {
      return; // the answer to an acknowledgement of what was never sent
    }
    if (sender.facts.refused && sender.machine.couldBe(TcpState.SYN_SENT)) {
      long answered = receiver.facts.synAckRow < row ? time(receiver.facts.synAckRow) : nanos;
      sender.by(Event.CLOSE, answered, null, Evidence.INFERRED);
      return;
    }
    sender.reset = true;
    send(sender, Event.SEND_RST, row);
  }

  // How events are told.

  /** An end sends: at its own interface when the frame says, elsewhere at some time before. */
  private void send(EndStates end, Event event, int frameRow) {
    if (end.own && frameRow == row) {
      end.at(event, nanos, frame(frameRow), shown);
    } else {
      end.by(event, nanos, frame(frameRow), shown);
    }
  }

  /** It arrives: now if the capture was taken there, else before the row that proves it. */
  private void receive(EndStates end, Event event, int proofRow) {
    if (end.present) {
      end.at(event, nanos, frame(row), shown);
    } else if (proofRow == EndFacts.NONE) {
      end.perhaps(event, nanos);
    } else {
      long proof = Math.max(nanos, time(proofRow));
      end.between(event, nanos, proof, frame(Math.max(row, proofRow)), Evidence.INFERRED);
    }
  }

  private void at(int newRow) {
    row = newRow;
    nanos = time(row);
    shown = capture.evidence(columns.frame[row]);
  }

  private EndStates of(Sender end) {
    return end == Sender.CLIENT ? client : server;
  }

  private long time(int ofRow) {
    return capture.timeNanos(columns.frame[ofRow]);
  }

  private int frame(int ofRow) {
    return columns.frame[ofRow];
  }
}
