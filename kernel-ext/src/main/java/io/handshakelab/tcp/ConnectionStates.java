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

  /** RFC 6298 §2.1. */
  private static final long FIRST_RETRANSMISSION_NANOS = 1_000_000_000L;

  /** A system that waits longer with the acknowledgement of a FIN is not known. */
  private static final long USUAL_ACK_DELAY_NANOS = 50_000_000L;

  /** No system sends sooner again: Linux waits for 200 ms at least, RFC 6298 for a second. */
  private static final long LEAST_RETRANSMISSION_NANOS = 200_000_000L;

  /** A SYN,ACK that was under way at the same time is not seen so long after. */
  private static final long SYN_ACK_UNDER_WAY_NANOS = 100_000_000L;

  private static final int ONCE_OPEN =
      StateMachine.oneOf(
          TcpState.ESTABLISHED,
          TcpState.CLOSE_WAIT,
          TcpState.FIN_WAIT_1,
          TcpState.CLOSING,
          TcpState.LAST_ACK);

  private static final String TWO_WAY = "not TCP: two-way handshake";

  private static final int ALIVE = StateMachine.ANY & ~StateMachine.oneOf(TcpState.CLOSED);

  private static final int ANSWERING = StateMachine.oneOf(TcpState.SYN_RCVD);

  private final Capture capture;
  private final SegmentColumns columns;
  private final Flow flow;
  private final Proofs proofs;
  private final EndStates client;
  private final EndStates server;

  private Reuse.Left reused = Reuse.Left.NO;
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
    proofs = Proofs.of(columns, flow);
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
  void begin(Reuse reuse) {
    at(flow.firstRow);
    int flags = columns.flags(row);
    if (Flags.has(flags, Flags.SYN) && !Flags.has(flags, Flags.RST)) {
      opening(flags, reuse.of(flow, nanos));
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
    lostPatience(client);
    findNobody(of(columns.sender(row).other()));
    if (proofs.isForeign(row)) {
      return;
    }
    EndStates sender = of(columns.sender(row));
    EndStates receiver = sender == client ? server : client;
    int flags = columns.flags(row);
    sender.reach(columns.endSeq(row), nanos);
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
        if (anew && sender.machine.is(TcpState.SYN_RCVD)) {
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

  // Opening.

  /** What must have been so before the first segment, which has a SYN. */
  private void opening(int flags, Reuse.Left left) {
    client.machine.set(TcpState.CLOSED);
    EndFacts waiting = server.facts;
    if (waiting.synAckRow != EndFacts.NONE && !waiting.opensItself()) {
      reused = left;
      if (left == Reuse.Left.YES) {
        server.machine.set(TcpState.TIME_WAIT);
      } else if (left == Reuse.Left.PERHAPS) {
        server.machine.start(StateMachine.oneOf(TcpState.TIME_WAIT, TcpState.LISTEN));
      } else {
        server.machine.set(TcpState.CLOSED);
        server.by(Event.PASSIVE_OPEN, nanos, null, Evidence.INFERRED);
      }
    } else if (waiting.opensItself() || isRefusal(waiting.rstRow)) {
      server.machine.set(TcpState.CLOSED);
    }
    if (Flags.isOpeningReply(flags)) {
      client.by(Event.ACTIVE_OPEN, nanos, null, Evidence.INFERRED);
      client.synSent = true;
      server.by(synEvent(server), nanos, null, Evidence.INFERRED);
      server.synReceived = true;
    }
  }

  /** RFC 9293 §3.10.7.1: to a SYN, a closed port answers with a RST that has no number. */
  private boolean isRefusal(int rstRow) {
    return rstRow != EndFacts.NONE && columns.seq[rstRow] == 0;
  }

  private void sendSyn(EndStates sender, int synRow) {
    if (sender.synSent) {
      return; // a retransmission
    }
    sender.synSent = true;
    send(sender, Event.SEND_SYN, synRow);
    if (sender.facts.refused && !sender.own) {
      sender.perhaps(Event.CLOSE, Transition.UNBOUNDED); // the SYN may have been long under way
    }
  }

  private void receiveSyn(EndStates sender, EndStates receiver) {
    EndFacts theirs = receiver.facts;
    if (receiver.synReceived) {
      return;
    }
    if (theirs.opensItself() && !receiver.synSent) {
      boolean sure = theirs.synAckRow != EndFacts.NONE && sender.facts.unansweredSyns <= 1;
      if (!receiver.present || !sure) {
        boolean waits = receiver.synWaitsSince != Transition.UNBOUNDED;
        receiver.synWaitsSince =
            waits
                ? receiver.synWaitsSince
                : nanos; // its own SYN is under way, else it would have answered
        return;
      }
      sendSyn(receiver, theirs.synRow);
    }
    if (theirs.synAckRow == EndFacts.NONE && !receiver.machine.is(TcpState.SYN_SENT)) {
      return; // nobody there, as far as anyone can tell
    }
    boolean once = sender.facts.unansweredSyns <= 1;
    boolean last = row == sender.facts.lastUnansweredSyn;
    if (receiver.machine.is(TcpState.SYN_SENT) && receiver.present) {
      crossingSyn(receiver);
    } else if (once || (receiver.own && last)) {
      receive(receiver, synEvent(receiver), theirs.synAckRow);
      receiver.synReceived = theirs.synAckRow != EndFacts.NONE;
    } else if (!receiver.own) {
      receiver.perhaps(synEvent(receiver), nanos);
    }
  }

  private void crossingSyn(EndStates end) {
    if (end.facts.synAckRow != EndFacts.NONE) {
      end.synReceived = true;
      end.at(Event.RECV_SYN, nanos, frame(row), shown);
    } else if (end.facts.refused && !end.facts.rstHasAck) {
      givenUp(end);
    } else {
      end.perhaps(Event.RECV_SYN, nanos);
    }
  }

  /** A SYN for an end that is in TIME-WAIT is another event than one for an end that listens. */
  private Event synEvent(EndStates end) {
    return end == server && reused == Reuse.Left.YES ? Event.RECV_NEW_SYN : Event.RECV_SYN;
  }

  /** An answer to a SYN: only one that has received it sends that. */
  private void provedSyn(EndStates sender, EndStates receiver) {
    sender.synReceived = true;
    int syn = receiver.facts.synRow;
    long from = syn != EndFacts.NONE && syn < row ? time(syn) : Transition.UNBOUNDED;
    sender.between(synEvent(sender), from, nanos, frame(row), Evidence.INFERRED);
  }

  private void receiveSynAck(EndStates receiver) {
    EndFacts facts = receiver.facts;
    boolean answers =
        columns.ack[row] == SequenceNumber.plus(flow.from(receiver.end).baseAt(row), 1);
    if (receiver.opened || !answers) {
      return;
    }
    if (facts.refused) {
      givenUp(receiver);
      return;
    }
    boolean answered = facts.firstAckRow != EndFacts.NONE;
    boolean half = receiver.machine.is(TcpState.SYN_RCVD);
    boolean heard = receiver.present && (answered || half || isLastOfAll(facts));
    if (heard && !answered && mayHaveAborted(receiver)) {
      receiver.perhaps(Event.RECV_SYN_ACK, nanos);
      receiver.perhaps(Event.SEND_RST, Transition.UNBOUNDED);
      return;
    }
    if (heard || row == facts.answerLast) {
      if (heard || answered) {
        receive(receiver, Event.RECV_SYN_ACK, time(facts.answerFirst), facts.firstAckRow);
        receiver.synReceived = true;
        receiver.opened = true;
        return;
      }
      receiver.perhaps(Event.RECV_SYN_ACK, nanos);
    } else {
      receiver.perhaps(Event.RECV_SYN_ACK, nanos);
    }
  }

  /** The capture ends before there could be an answer, and nothing had to be sent again. */
  private boolean isLastOfAll(EndFacts facts) {
    long end = capture.timeNanos(capture.frameCount());
    return !capture.isTwoWay()
        && facts.synRow == facts.lastSynRow
        && facts.answerFirst == facts.answerLast
        && end - time(flow.firstRow) < FIRST_RETRANSMISSION_NANOS;
  }

  /**
   * A RST of this end is still to come: it may have been under way, and what comes finds nobody.
   */
  private boolean mayHaveAborted(EndStates end) {
    return end.present && !end.own && end.facts.rstRow > row;
  }

  /** A SYN that should have been sent again by now, and was not. */
  private void lostPatience(EndStates end) {
    EndFacts facts = end.facts;
    if (end.own && end.machine.is(TcpState.SYN_SENT) && row > facts.lastSynRow) {
      long last = time(facts.lastSynRow);
      long due = last - time(facts.synRow) + FIRST_RETRANSMISSION_NANOS; // each time twice as long
      if (nanos - last > due + due / 16) {
        end.perhaps(Event.CLOSE, last);
      }
    }
  }

  /** It answers the SYN,ACK with a RST, so that it had closed before that came. */
  private void givenUp(EndStates end) {
    int syn = end.facts.lastSynRow;
    boolean after = end.own && syn != EndFacts.NONE && syn < row;
    long from = after ? time(syn) : Transition.UNBOUNDED;
    if (end.facts.answerFirst != end.facts.answerLast) {
      end.perhaps(Event.RECV_SYN_ACK, nanos); // perhaps it took the first and not the last one
      end.perhaps(Event.CLOSE, from);
    } else if (end.present) {
      end.between(Event.CLOSE, from, nanos, null, Evidence.INFERRED);
    } else {
      end.perhaps(Event.CLOSE, from);
    }
  }

  // What a segment proves of its sender.

  private void proved(EndStates sender, int flags) {
    EndFacts facts = sender.facts;
    boolean plain = !Flags.has(flags, Flags.SYN);
    if (plain
        && row == facts.firstAckRow
        && sender.synSent
        && sender.machine.couldBe(TcpState.SYN_SENT)) {
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
      if (sender.finWaitsSince != Transition.UNBOUNDED) {
        finArrives(sender, sender.finWaitsSince, isClear(sender));
      }
    }
  }

  // What a segment does to its receiver.

  private void acknowledge(EndStates receiver, int flags) {
    EndFacts facts = receiver.facts;
    if (!receiver.opened && !Flags.has(flags, Flags.SYN)) {
      acknowledgeSyn(receiver, facts);
    }
    if (receiver.present && !receiver.finAcked && row == facts.ackOfFinDoubt) {
      receiver.perhaps(Event.RECV_ACK_OF_FIN, nanos);
    }
    boolean first = row == (receiver.present ? facts.ackOfFinFresh : facts.ackOfFinRow);
    if (receiver.finAcked || (!first && (receiver.present || row != facts.ackOfFinAgain))) {
      return;
    }
    if (!receiver.finSent) {
      receiver.finSent = true;
      send(receiver, Event.SEND_FIN, Math.max(row, facts.finProofRow));
    }
    boolean proved = facts.ackOfFinProofRow != EndFacts.NONE;
    boolean crossed = isCrossed(receiver);
    if (!proved && mayHaveAborted(receiver)) {
      receiver.perhaps(Event.RECV_ACK_OF_FIN, nanos);
      receiver.perhaps(Event.SEND_RST, Transition.UNBOUNDED);
    } else if (!proved
        && receiver.present
        && facts.coverRow == EndFacts.NONE
        && isFinRepeated(receiver.end.other())) {
      receiver.perhaps(Event.RECV_ACK_OF_FIN, nanos); // it may not have been there any more
    } else if (receiver.present || (proved && !crossed && row == facts.ackOfFinAgain)) {
      receiver.finAcked = true;
      receive(receiver, Event.RECV_ACK_OF_FIN, time(facts.ackOfFinRow), facts.ackOfFinProofRow);
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
    if (!proved && receiver.synSent && mayHaveAborted(receiver)) {
      receiver.perhaps(Event.RECV_ACK_OF_SYN, nanos);
      receiver.perhaps(Event.SEND_RST, Transition.UNBOUNDED);
    } else if (again || (receiver.present && !ignored)) {
      receive(receiver, Event.RECV_ACK_OF_SYN, time(facts.ackOfSynRow), facts.openProofRow);
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
      if (Flags.has(flags, Flags.FIN) && receiver.machine.is(TcpState.TIME_WAIT)) {
        receiver.timeWaitSince = nanos; // RFC 9293 §3.10.7.4: the 2MSL timer starts again
      }
      return;
    }
    boolean complete = row == theirs.finCompleteRow && !sender.facts.finDropped;
    boolean again = sender.facts.finDropped || row == sender.facts.lastFinBeforeCover;
    boolean later =
        theirs.finCompleteRow != Direction.NO_ROW
            && row > theirs.finCompleteRow
            && Flags.has(flags, Flags.FIN);
    if (!complete && !(again && later)) {
      return;
    }
    if (facts.finFirst && !receiver.finSent) {
      if (!receiver.present) {
        if (receiver.finWaitsSince == Transition.UNBOUNDED) {
          receiver.finWaitsSince = nanos; // its own FIN was under way before
        }
        return;
      }
      receiver.finSent = true;
      send(receiver, Event.SEND_FIN, Math.max(row, facts.finProofRow));
    }
    boolean repeated = sender.facts.lastFinBeforeCover > row;
    finArrives(receiver, nanos, receiver.present || (isClear(receiver) && !repeated));
  }

  /** Whether it is proved that the FIN arrived, and what the end had received before. */
  private boolean isClear(EndStates end) {
    return end.facts.coverRow != EndFacts.NONE && !isCrossed(end);
  }

  /** The other FIN went out both without and with the acknowledgement of this end's. */
  private boolean isCrossed(EndStates end) {
    EndFacts facts = end.facts;
    return (end == client ? server : client).facts.bareFin
        && facts.coverRow != EndFacts.NONE
        && facts.ackOfFinRow != EndFacts.NONE
        && facts.ackOfFinRow < facts.coverRow;
  }

  private void finArrives(EndStates end, long since, boolean sure) {
    int proof = end.facts.coverRow;
    boolean proved = proof != EndFacts.NONE;
    if (!sure) {
      end.perhaps(Event.RECV_FIN, since);
    } else if (!proved && end.facts.rstRow > row) {
      if (!end.facts.rstHasAck || end.facts.rstCovers) {
        end.perhaps(Event.RECV_FIN, since);
      }
      if (!end.own) {
        end.perhaps(Event.SEND_RST, Transition.UNBOUNDED);
      }
    } else if (!proved && isUnanswered(end)) {
      end.perhaps(Event.RECV_FIN, since);
    } else {
      end.finReceived = true;
      if (isOrderOpen(end, proof)) {
        end.perhaps(Event.SEND_FIN, Transition.UNBOUNDED);
      }
      acknowledgedBefore(end, proof);
      receive(end, Event.RECV_FIN, since, proof);
    }
  }

  /** No answer ever comes to a FIN, though it is sent again or there is time enough. */
  private boolean isUnanswered(EndStates end) {
    long rest = capture.timeNanos(capture.frameCount()) - nanos;
    return isFinRepeated(end.end.other())
        || of(end.end.other()).facts.rstRow > row
        || !Flags.has(columns.flags(row), Flags.FIN)
        || rest > FIRST_RETRANSMISSION_NANOS;
  }

  private boolean isFinRepeated(Sender end) {
    return of(end).facts.lastFinRow
        > Math.max(flow.from(end).finRow, flow.from(end).finCompleteRow);
  }

  /** Each FIN of the other end acknowledges this end's: with any of them came that as well. */
  private void acknowledgedBefore(EndStates end, int proof) {
    EndFacts facts = end.facts;
    if (!end.present
        && end.finSent
        && !end.finAcked
        && facts.ackOfFinRow != EndFacts.NONE
        && facts.ackOfFinRow <= row
        && !of(end.end.other()).facts.bareFin) {
      end.finAcked = true;
      receive(end, Event.RECV_ACK_OF_FIN, time(facts.ackOfFinRow), proof);
    }
  }

  /**
   * Whether this end may have sent its FIN before, which was lost: a FIN is acknowledged at once
   * (RFC 9293 §3.8.6.3), and here the first that does so is a FIN that comes late.
   */
  private boolean isOrderOpen(EndStates end, int proof) {
    EndFacts facts = end.facts;
    boolean open = !facts.finFirst && !facts.finSecond && facts.finProofRow != EndFacts.NONE;
    if (end.own || end.finSent || !open || proof == EndFacts.NONE) {
      return false;
    }
    Sender other = end.end.other();
    boolean repeated = of(other).facts.lastFinBeforeCover > flow.from(other).finRow;
    boolean lost = facts.finProofRow == proof && !Flags.has(columns.flags(proof), Flags.FIN);
    long least = flow.firstRoundTripNanos + USUAL_ACK_DELAY_NANOS;
    boolean late = time(proof) - nanos > least;
    return lost || repeated || late || proofs.isLossyBefore(proof);
  }

  // Aborting.

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
    boolean half = sender.machine.is(TcpState.SYN_SENT) || sender.machine.is(TcpState.SYN_RCVD);
    if (half && !ack && columns.seq[row] != opening) {
      // The answer to an acknowledgement of what was never sent, or of one that has given up.
      if (sender.facts.lastSynRow < row && sender.facts.firstAckRow == EndFacts.NONE) {
        sender.perhaps(Event.CLOSE, time(Math.max(flow.firstRow, sender.facts.lastSynRow)));
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

  // How events are told.

  /** An end sends: at its own interface when the frame says, elsewhere at some time before. */
  private void send(EndStates end, Event event, int frameRow) {
    if (end.own && frameRow == row) {
      end.at(event, nanos, frame(frameRow), shown);
    } else {
      // It had received what it acknowledges, if this is not a repetition of what was lost before.
      long quiet = time(frameRow) - end.sentBeforeNanos + flow.firstRoundTripNanos;
      boolean first = frameRow == row && quiet < LEAST_RETRANSMISSION_NANOS;
      int sent = columns.flags(frameRow);
      boolean itself = event != Event.SEND_FIN || Flags.has(sent, Flags.FIN);
      boolean ack = first && itself && Flags.has(sent, Flags.ACK);
      long from = ack ? of(end.end.other()).since(columns.ack[frameRow]) : Transition.UNBOUNDED;
      long until = end.present ? nanos : time(frameRow);
      end.between(event, Math.min(from, until), until, frame(frameRow), shown);
    }
  }

  private void receive(EndStates end, Event event, int proofRow) {
    receive(end, event, nanos, proofRow);
  }

  /** It arrives: at once if the capture was taken there, else before the row that proves it. */
  private void receive(EndStates end, Event event, long since, int proofRow) {
    if (end.present) {
      end.at(event, nanos, frame(row), shown);
    } else if (proofRow == EndFacts.NONE) {
      end.perhaps(event, since);
    } else {
      long proof = Math.max(nanos, time(proofRow));
      end.between(event, since, proof, frame(Math.max(row, proofRow)), Evidence.INFERRED);
    }
  }

  private void at(int newRow) {
    row = newRow;
    nanos = time(row);
    shown = capture.evidence(columns.frame[row]);
  }

  EndStates of(Sender end) {
    return end == Sender.CLIENT ? client : server;
  }

  private long time(int ofRow) {
    return capture.timeNanos(columns.frame[ofRow]);
  }

  private int frame(int ofRow) {
    return columns.frame[ofRow];
  }
}
