package io.handshakelab.tcp;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.Vantage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What FINs and their acknowledgements do (RFC 9293 §3.6, §3.10.7.4). */
abstract class ClosingWalk extends OpeningWalk {
  /** A system that waits longer with the acknowledgement of a FIN is not known. */
  static final long USUAL_ACK_DELAY_NANOS = 50_000_000L;

  ClosingWalk(
      Capture capture,
      SegmentColumns columns,
      Flow flow,
      Vantage vantage,
      @Nullable List<Transition> transitions) {
    super(capture, columns, flow, vantage, transitions);
  }

  void proved(EndStates sender, int flags) {
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
      if (isOrderOpen(sender, row, time(flow.from(sender.end.other()).finRow))) {
        sender.perhaps(Event.SEND_FIN, Transition.UNBOUNDED);
      }
      sender.by(Event.RECV_FIN, nanos, frame(row), Evidence.INFERRED);
    }
    sendFin(sender);
    if (row == facts.ackOfFinProofRow && !sender.finAcked) {
      sender.finAcked = true;
      sender.by(Event.RECV_ACK_OF_FIN, nanos, frame(row), Evidence.INFERRED);
    }
  }

  void sendFin(EndStates sender) {
    if (row == sender.facts.finProofRow && !sender.finSent) {
      sender.finSent = true;
      send(sender, Event.SEND_FIN, row);
      if (sender.finWaitsSince != Transition.UNBOUNDED) {
        finArrives(sender, sender.finWaitsSince, isClear(sender));
      }
    }
  }

  void acknowledge(EndStates receiver, int flags) {
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
        && (isFinRepeated(receiver.end.other()) || isSilent(receiver))) {
      receiver.perhaps(Event.RECV_ACK_OF_FIN, nanos); // it may not have been there any more
    } else if (receiver.present || (proved && !crossed && row == facts.ackOfFinAgain)) {
      receiver.finAcked = true;
      receive(receiver, Event.RECV_ACK_OF_FIN, time(facts.ackOfFinRow), facts.ackOfFinProofRow);
    } else if (!proved || crossed) {
      receiver.perhaps(Event.RECV_ACK_OF_FIN, nanos);
    }
  }

  void receiveFin(EndStates sender, EndStates receiver, int flags) {
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
    if (sender.facts.finBeyond) {
      if (isOrderOpen(receiver, facts.coverRow, nanos)) {
        receiver.perhaps(Event.SEND_FIN, Transition.UNBOUNDED);
      }
      receiver.perhaps(Event.RECV_FIN, nanos);
      return;
    }
    boolean repeated = sender.facts.lastFinBeforeCover > row;
    finArrives(receiver, nanos, receiver.present || (isClear(receiver) && !repeated));
  }

  /** Whether it is proved that the FIN arrived, and what the end had received before. */
  boolean isClear(EndStates end) {
    return end.facts.coverRow != EndFacts.NONE && !isCrossed(end);
  }

  /** The other FIN went out both without and with the acknowledgement of this end's. */
  boolean isCrossed(EndStates end) {
    EndFacts facts = end.facts;
    return (end == client ? server : client).facts.bareFin
        && facts.coverRow != EndFacts.NONE
        && facts.ackOfFinRow != EndFacts.NONE
        && facts.ackOfFinRow < facts.coverRow;
  }

  void finArrives(EndStates end, long since, boolean sure) {
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
      if (end.machine.is(TcpState.SYN_RCVD)) { // what it acknowledges comes first
        end.by(Event.RECV_ACK_OF_SYN, nanos, frame(row), Evidence.INFERRED);
      }
      if (isOrderOpen(end, proof, since)) {
        end.perhaps(Event.SEND_FIN, Transition.UNBOUNDED);
      }
      acknowledgedBefore(end, proof);
      receive(end, Event.RECV_FIN, since, proof);
    }
  }

  /** No answer ever comes to a FIN, though it is sent again or there is time enough. */
  boolean isUnanswered(EndStates end) {
    long rest = capture.timeNanos(capture.frameCount()) - nanos;
    return isFinRepeated(end.end.other())
        || isSilent(end)
        || of(end.end.other()).facts.rstRow > row
        || !Flags.has(columns.flags(row), Flags.FIN)
        || rest > FIRST_RETRANSMISSION_NANOS;
  }

  /** What came to it before this segment, it never acknowledges. */
  boolean isSilent(EndStates end) {
    EndFacts facts = end.facts;
    return !end.own
        && facts.ackedKnown
        && SequenceNumber.isBefore(facts.acked, columns.seq[row])
        && flow.from(end.end.other()).synSeen();
  }

  boolean isFinRepeated(Sender end) {
    return of(end).facts.lastFinRow
        > Math.max(flow.from(end).finRow, flow.from(end).finCompleteRow);
  }

  /** Each FIN of the other end acknowledges this end's: with any of them came that as well. */
  void acknowledgedBefore(EndStates end, int proof) {
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
  boolean isOrderOpen(EndStates end, int proof, long since) {
    EndFacts facts = end.facts;
    boolean open = !facts.finFirst && !facts.finSecond && facts.finProofRow != EndFacts.NONE;
    if (end.own || end.finSent || !open || proof == EndFacts.NONE) {
      return false;
    }
    Sender other = end.end.other();
    boolean repeated = of(other).facts.lastFinBeforeCover > flow.from(other).finRow;
    boolean lost = facts.finProofRow == proof && !Flags.has(columns.flags(proof), Flags.FIN);
    // Where the FIN is seen when it arrives, the answer has but one way to go.
    long way = end.present ? oneWayNanos() : flow.firstRoundTripNanos;
    long least = way + USUAL_ACK_DELAY_NANOS;
    boolean late = time(proof) - since > least;
    return lost || repeated || late || proofs.isLossyBefore(proof);
  }
}
