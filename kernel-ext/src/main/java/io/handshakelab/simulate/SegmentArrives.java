package io.handshakelab.simulate;

import io.handshakelab.tcp.SequenceNumber;
import io.handshakelab.tcp.TcpState;

/**
 * What an end does with a segment that has come (RFC 9293 §3.10.7), step by step in the order of
 * the text. For LISTEN see {@link Listener}, for CLOSED see {@link Host}.
 */
final class SegmentArrives {
  private final Tcb tcb;
  private final Segment s;
  private final int packet;

  private SegmentArrives(Tcb tcb, Segment s, int packet) {
    this.tcb = tcb;
    this.s = s;
    this.packet = packet;
  }

  static void at(Tcb tcb, Segment s, int packet) {
    SegmentArrives arrival = new SegmentArrives(tcb, s, packet);
    if (tcb.state() == TcpState.SYN_SENT) {
      arrival.inSynSent();
    } else {
      arrival.inOtherStates();
    }
    tcb.tellUser();
  }

  /** §3.10.7.3. */
  private void inSynSent() {
    Outgoing out = tcb.out();
    boolean acceptable =
        s.isAck()
            && SequenceNumber.isAfter(s.ack(), out.initial())
            && !SequenceNumber.isAfter(s.ack(), out.next());
    if (s.isAck() && !acceptable) {
      if (!s.isRst()) {
        tcb.host().refuse(tcb.local(), tcb.remote(), s);
      }
      return;
    }
    if (s.isRst()) {
      if (acceptable) {
        tcb.enter(TcpState.CLOSED, TrueEvent.RECV_RST, packet);
        tcb.failed("connection refused");
      }
      return;
    }
    if (!s.isSyn()) {
      return;
    }
    tcb.in().open(s.seq());
    tcb.peerOffers(s);
    if (s.isAck()) {
      out.opened(s);
      tcb.enter(TcpState.ESTABLISHED, TrueEvent.RECV_SYN_ACK, packet);
      if (!tcb.host().isTwoWay()) {
        tcb.acknowledge();
      }
    } else {
      // Both open at once (§3.5, Figure 8).
      tcb.enter(TcpState.SYN_RCVD, TrueEvent.RECV_SYN, packet);
      out.synSegment();
    }
  }

  /** §3.10.7.4. */
  private void inOtherStates() {
    if (isAnswerToSyn()) {
      return;
    }
    if (!tcb.in().isAcceptable(s)) {
      unacceptable();
    } else if (s.isRst()) {
      reset();
    } else if (s.isSyn()) {
      syn();
    } else if (s.isAck() && acknowledges()) {
      text();
    }
  }

  /**
   * A SYN that is a repetition of the one by which this connection was opened, or the other end's
   * answer when both opened at once. The first check would refuse them: their numbers are behind
   * the window. All usual systems answer the former with the SYN,ACK again, and take the latter.
   */
  private boolean isAnswerToSyn() {
    boolean repeated = s.isSyn() && !s.isRst() && s.seq() == tcb.in().initial();
    if (repeated && !s.isAck() && tcb.host().isTwoWay() && tcb.state() == TcpState.ESTABLISHED) {
      tcb.out().synSegment();
      return true;
    }
    if (!repeated || tcb.state() != TcpState.SYN_RCVD) {
      return false;
    }
    if (!s.isAck()) {
      tcb.out().synSegment();
      return true;
    }
    if (s.ack() != tcb.out().next()) {
      return false;
    }
    tcb.out().opened(s);
    tcb.enter(TcpState.ESTABLISHED, TrueEvent.RECV_SYN_ACK, packet);
    tcb.acknowledge();
    return true;
  }

  /** First check. */
  private void unacceptable() {
    if (s.isRst()) {
      return;
    }
    if (tcb.state() == TcpState.TIME_WAIT && s.isFin()) {
      tcb.startTwoMsl();
    }
    if (tcb.in().window() == 0 && s.isAck() && s.seq() == tcb.in().next()) {
      // "Special allowance should be made to accept valid ACKs": a probe may carry news.
      if (tcb.out().isPlausible(s.ack()) && tcb.state() != TcpState.SYN_RCVD) {
        newAcknowledgement();
      }
    }
    if (!tcb.isGone()) {
      tcb.challenge(s.length() > 0);
    }
  }

  /** Second check, as RFC 5961 §3.2 has it: only the very next number resets. */
  private void reset() {
    if (s.seq() != tcb.in().next()) {
      tcb.challenge(false);
      return;
    }
    Listener listener = tcb.listener();
    if (tcb.state() == TcpState.SYN_RCVD && listener != null) {
      tcb.enter(TcpState.LISTEN, TrueEvent.RECV_RST, packet);
      tcb.gone();
      return;
    }
    boolean opening = tcb.state() == TcpState.SYN_RCVD;
    tcb.enter(TcpState.CLOSED, TrueEvent.RECV_RST, packet);
    tcb.failed(opening ? "connection refused" : "connection reset");
  }

  /** Fourth check, as RFC 5961 §4.2 has it. */
  private void syn() {
    if (tcb.state() == TcpState.SYN_RCVD && tcb.listener() != null) {
      tcb.enter(TcpState.LISTEN, TrueEvent.RECV_NEW_SYN, packet);
      tcb.gone();
      return;
    }
    tcb.challenge(false);
  }

  /** Fifth check; false if the segment goes no further. */
  private boolean acknowledges() {
    Outgoing out = tcb.out();
    if (tcb.state() == TcpState.SYN_RCVD) {
      boolean acceptable =
          SequenceNumber.isAfter(s.ack(), out.una())
              && !SequenceNumber.isAfter(s.ack(), out.next());
      if (!acceptable) {
        tcb.host().refuse(tcb.local(), tcb.remote(), s);
        return false;
      }
      Listener listener = tcb.listener();
      if (listener != null && !listener.hasRoomToAccept()) {
        return false;
      }
      out.opened(s);
      tcb.enter(TcpState.ESTABLISHED, TrueEvent.RECV_ACK_OF_SYN, packet);
      return true;
    }
    if (!out.isPlausible(s.ack())) {
      tcb.challenge(false);
      return false;
    }
    newAcknowledgement();
    return !tcb.isGone();
  }

  private void newAcknowledgement() {
    boolean before = tcb.out().isFinAcknowledged();
    tcb.out().acknowledged(s);
    if (before || !tcb.out().isFinAcknowledged()) {
      return;
    }
    switch (tcb.state()) {
      case FIN_WAIT_1 -> tcb.enter(TcpState.FIN_WAIT_2, TrueEvent.RECV_ACK_OF_FIN, packet);
      case CLOSING -> tcb.enter(TcpState.TIME_WAIT, TrueEvent.RECV_ACK_OF_FIN, packet);
      case LAST_ACK -> {
        tcb.enter(TcpState.CLOSED, TrueEvent.RECV_ACK_OF_FIN, packet);
        tcb.gone();
      }
      case CLOSED, LISTEN, SYN_SENT, SYN_RCVD, ESTABLISHED, FIN_WAIT_2, CLOSE_WAIT, TIME_WAIT -> {}
    }
  }

  /** Seventh and eighth: data, and FIN. */
  private void text() {
    if (s.data().isEmpty() && !s.isFin()) {
      return;
    }
    Incoming in = tcb.in();
    switch (tcb.state()) {
      case ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2 -> {}
      case CLOSED, LISTEN, SYN_SENT, SYN_RCVD, CLOSE_WAIT, CLOSING, LAST_ACK, TIME_WAIT -> {
        return;
      }
    }
    boolean gap = in.hasGap();
    boolean moved = in.accept(s);
    if (tcb.isClosedByUser() && in.ready() > 0) {
      tcb.resetPeer();
      return;
    }
    if (in.isFinished()) {
      fin();
    }
    tcb.acknowledgeSoon(!moved || gap || in.isFinished());
  }

  private void fin() {
    switch (tcb.state()) {
      case SYN_RCVD, ESTABLISHED -> tcb.enter(TcpState.CLOSE_WAIT, TrueEvent.RECV_FIN, packet);
      case FIN_WAIT_1 -> tcb.enter(TcpState.CLOSING, TrueEvent.RECV_FIN, packet);
      case FIN_WAIT_2 -> tcb.enter(TcpState.TIME_WAIT, TrueEvent.RECV_FIN, packet);
      case CLOSED, LISTEN, SYN_SENT, CLOSE_WAIT, CLOSING, LAST_ACK, TIME_WAIT -> {}
    }
  }
}
