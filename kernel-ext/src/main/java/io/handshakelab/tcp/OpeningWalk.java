package io.handshakelab.tcp;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.Vantage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What SYNs, their answers and their acknowledgements do (RFC 9293 §3.5, §3.10.7.2 to 4). */
abstract class OpeningWalk extends SegmentWalk {
  /** RFC 6298 §2.1. */
  static final long FIRST_RETRANSMISSION_NANOS = 1_000_000_000L;

  /** A SYN,ACK that was under way at the same time is not seen so long after. */
  static final long SYN_ACK_UNDER_WAY_NANOS = 100_000_000L;

  Reuse.Left reused = Reuse.Left.NO;

  OpeningWalk(
      Capture capture,
      SegmentColumns columns,
      Flow flow,
      Vantage vantage,
      @Nullable List<Transition> transitions) {
    super(capture, columns, flow, vantage, transitions);
  }

  /** What must have been so before the first segment, which has a SYN. */
  void opening(int flags, Reuse.Left left) {
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
  boolean isRefusal(int rstRow) {
    return rstRow != EndFacts.NONE && columns.seq[rstRow] == 0;
  }

  void sendSyn(EndStates sender, int synRow) {
    if (sender.synSent) {
      return; // a retransmission
    }
    sender.synSent = true;
    send(sender, Event.SEND_SYN, synRow);
    if (sender.facts.refused && !sender.own) {
      sender.perhaps(Event.CLOSE, Transition.UNBOUNDED); // the SYN may have been long under way
    }
  }

  void receiveSyn(EndStates sender, EndStates receiver) {
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

  void crossingSyn(EndStates end) {
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
  Event synEvent(EndStates end) {
    return end == server && reused == Reuse.Left.YES ? Event.RECV_NEW_SYN : Event.RECV_SYN;
  }

  /** An answer to a SYN: only one that has received it sends that. */
  void provedSyn(EndStates sender, EndStates receiver) {
    sender.synReceived = true;
    int syn = receiver.facts.synRow;
    long from = syn != EndFacts.NONE && syn < row ? time(syn) : Transition.UNBOUNDED;
    sender.between(synEvent(sender), from, nanos, frame(row), Evidence.INFERRED);
  }

  void receiveSynAck(EndStates receiver) {
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
    boolean heard = receiver.present && (answered || half);
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

  /** A SYN that should have been sent again by now, and was not. */
  void lostPatience(EndStates end) {
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
  void givenUp(EndStates end) {
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

  void acknowledgeSyn(EndStates receiver, EndFacts facts) {
    if (row != facts.ackOfSynRow && row != facts.ackOfSynAgain) {
      return;
    }
    boolean proved = facts.openProofRow != EndFacts.NONE;
    boolean again = row == facts.ackOfSynAgain;
    boolean ignored =
        facts.lastSynRow > row && time(facts.lastSynRow) - nanos > SYN_ACK_UNDER_WAY_NANOS;
    boolean abortedBefore =
        mayHaveAborted(receiver)
            && (receiver.synSent || time(receiver.facts.rstRow) - nanos < oneWayNanos());
    if (!proved && abortedBefore) {
      receiver.perhaps(Event.RECV_ACK_OF_SYN, nanos);
      receiver.perhaps(Event.SEND_RST, Transition.UNBOUNDED);
    } else if (again || (receiver.present && !ignored)) {
      // With a SYN,ACK for its own SYN came that acknowledgement as well.
      int first = facts.answerFirst == EndFacts.NONE ? row : facts.answerFirst;
      long since = Math.min(time(facts.ackOfSynRow), time(first));
      receive(receiver, Event.RECV_ACK_OF_SYN, since, facts.openProofRow);
      receiver.opened = receiver.present || proved;
    } else if (!receiver.own) {
      receiver.perhaps(Event.RECV_ACK_OF_SYN, nanos);
    }
  }

  /** Where all is seen when it arrives: how long a segment is under way, as the opening tells. */
  long oneWayNanos() {
    long half = flow.firstRoundTripNanos / 2; // much more if the first ACK was lost
    int answer = server.facts.synAckRow;
    int syn = client.facts.lastUnansweredSyn;
    boolean known = answer != EndFacts.NONE && syn != EndFacts.NONE && syn < answer;
    return known ? Math.min(half, 2 * (time(answer) - time(syn))) : half;
  }
}
