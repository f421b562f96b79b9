package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketBuilder;
import io.handshakelab.tcp.SequenceNumber;
import io.handshakelab.tcp.TcpState;
import org.jspecify.annotations.Nullable;

/**
 * One end of one connection (RFC 9293 §3.3.1, transmission control block): its state, the calls of
 * its user (§3.10.1 to §3.10.6), and its timers. Segments that arrive are for {@link
 * SegmentArrives}.
 *
 * <p>A state that a FIN brings about is entered when the FIN is sent, not already when the user
 * calls: §3.10.4 says both.
 */
final class Tcb implements TcpSocket {
  private final Host host;
  private final Endpoint local;
  private final Endpoint remote;
  private final int life;
  private final @Nullable Listener listener;
  private final Incoming in;
  private final Outgoing out;
  private final User user = new User(this);
  private TcpState state;

  private @Nullable Timer ackTimer;
  private @Nullable Timer twoMsl;
  private boolean scaling;
  private long challengeNanos = -CHALLENGE_NANOS;

  /** RFC 5961 §7: answers to segments that do not fit are kept few. */
  private static final long CHALLENGE_NANOS = 500_000_000L;

  /**
   * @param listener by which it was opened passively, or null
   */
  Tcb(
      Host host,
      Endpoint local,
      Endpoint remote,
      TcpState state,
      int initial,
      @Nullable Listener listener) {
    this.host = host;
    this.local = local;
    this.remote = remote;
    this.state = state;
    this.listener = listener;
    this.life = host.truth().newLife();
    this.in = new Incoming(host.settings());
    this.out = new Outgoing(this, host.clock(), initial, host.settings().mss());
  }

  @Override
  public Endpoint local() {
    return local;
  }

  @Override
  public Endpoint remote() {
    return remote;
  }

  @Override
  public TcpState state() {
    return state;
  }

  @Override
  public void write(Bytes octets) {
    if (user.hasClosed() || out.wantsToFinish()) {
      throw new IllegalStateException("written after close");
    }
    if (isGone()) {
      return;
    }
    out.write(octets);
    user.waitsForDrain();
    sendSoon();
  }

  @Override
  public int unacknowledged() {
    return out.unacknowledged();
  }

  @Override
  public void shutdownOutput() {
    if (isGone() || out.wantsToFinish()) {
      return;
    }
    if (state == TcpState.SYN_SENT) {
      // RFC 9293 §3.10.4: delete the TCB; nothing is sent.
      enter(TcpState.CLOSED, TrueEvent.CLOSE, TrueTransition.NO_PACKET);
      gone();
      return;
    }
    out.finish();
    sendSoon();
  }

  @Override
  public void close() {
    if (in.ready() > 0 && !user.isBusy()) {
      // RFC 2525 §2.17: data that was not read is lost, and the other end must hear of it.
      abort();
      return;
    }
    user.close();
    shutdownOutput();
  }

  @Override
  public void abort() {
    switch (state) {
      case CLOSED, LISTEN -> {}
      case SYN_RCVD, ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT -> resetPeer();
      case SYN_SENT, CLOSING, LAST_ACK, TIME_WAIT -> {
        enter(TcpState.CLOSED, TrueEvent.ABORT, TrueTransition.NO_PACKET);
        gone();
      }
    }
  }

  @Override
  public void pauseReading() {
    user.reads(false);
  }

  @Override
  public void resumeReading() {
    user.reads(true);
    tellUser();
    if (mayHear() && in.hasOpened()) {
      acknowledge();
    }
  }

  /** Active open: sends the SYN. */
  void open() {
    TcpState next = TcpState.SYN_SENT;
    state = next;
    int packet = out.sendSyn();
    state = TcpState.CLOSED;
    enter(next, TrueEvent.SEND_SYN, packet);
  }

  /** Whether this SYN begins a new connection while the old one waits (RFC 9293 §3.6.1). */
  boolean isReopenedBy(Segment s) {
    return state == TcpState.TIME_WAIT
        && listener != null
        && s.isSyn()
        && !s.isAck()
        && !s.isRst()
        && SequenceNumber.isAfter(s.seq(), in.next());
  }

  int life() {
    return life;
  }

  Incoming in() {
    return in;
  }

  Outgoing out() {
    return out;
  }

  Host host() {
    return host;
  }

  @Nullable Listener listener() {
    return listener;
  }

  boolean isClosedByUser() {
    return user.hasClosed();
  }

  /** Whether it answers a SYN. */
  boolean isAnswering() {
    return state == TcpState.SYN_RCVD;
  }

  boolean isGone() {
    return state == TcpState.CLOSED;
  }

  /** Whether data and FIN may leave in this state. */
  boolean maySend() {
    return switch (state) {
      case ESTABLISHED, CLOSE_WAIT, FIN_WAIT_1, CLOSING, LAST_ACK -> true;
      case CLOSED, LISTEN, SYN_SENT, SYN_RCVD, FIN_WAIT_2, TIME_WAIT -> false;
    };
  }

  /** Whether data may come in this state, so that a larger window is news. */
  private boolean mayHear() {
    return switch (state) {
      case ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2 -> true;
      case CLOSED, LISTEN, SYN_SENT, SYN_RCVD, CLOSE_WAIT, CLOSING, LAST_ACK, TIME_WAIT -> false;
    };
  }

  void handledBy(TcpHandler application) {
    user.is(application);
  }

  /** Notes the transition in the ground truth, and makes it. */
  void enter(TcpState to, TrueEvent event, int packet) {
    host.truth().add(life, local, remote, state, event, to, packet);
    TcpState from = state;
    state = to;
    if (to == TcpState.ESTABLISHED) {
      user.connected();
    }
    if (listener != null) {
      listener.changed(this, from);
    }
    if (to == TcpState.TIME_WAIT) {
      startTwoMsl();
    }
  }

  /** RFC 9293 §3.10.8: also again, when the FIN has come once more. */
  void startTwoMsl() {
    out.stop();
    if (twoMsl != null) {
      twoMsl.cancel();
    }
    twoMsl = host.clock().after(host.settings().twoMslNanos(), this::twoMslOver);
  }

  /** The peer's SYN offers this. */
  void peerOffers(Segment syn) {
    int shift = host.settings().windowShift();
    boolean scaled = syn.shift() != Segment.NO_SCALE && shift != Segment.NO_SCALE;
    scaling = scaled;
    out.peerOffers(syn.mss(), scaled ? Math.min(syn.shift(), 14) : 0);
    in.scale(scaled ? shift : 0);
  }

  /** SYN, or SYN,ACK in answer to one. */
  int transmitSyn(int initial) {
    boolean answer = state != TcpState.SYN_SENT;
    TcpSettings settings = host.settings();
    int shift = !answer || scaling ? settings.windowShift() : Segment.NO_SCALE;
    int flags = PacketBuilder.SYN | (answer ? PacketBuilder.ACK : 0);
    int window = Math.min(settings.receiveBuffer(), 0xffff);
    if (answer) {
      window = in.offerUnscaled();
    }
    return host.send(
        local,
        remote,
        new Segment(
            initial, answer ? in.next() : 0, flags, window, settings.mss(), shift, Bytes.EMPTY));
  }

  /** A segment with ACK, which acknowledges all that has come. */
  int transmit(int seq, int flags, Bytes data) {
    int window = in.offer();
    in.acknowledged();
    if (ackTimer != null) {
      ackTimer.cancel();
      ackTimer = null;
    }
    return host.send(
        local, remote, Segment.of(seq, in.next(), flags | PacketBuilder.ACK, window, data));
  }

  /** An acknowledgement without data. */
  void acknowledge() {
    transmit(out.next(), PacketBuilder.ACK, Bytes.EMPTY);
  }

  /** An answer to what does not fit: RFC 5961 §7 keeps those to segments without data rare. */
  void challenge(boolean always) {
    long now = host.clock().elapsedNanos();
    if (always || now - challengeNanos >= CHALLENGE_NANOS) {
      challengeNanos = always ? challengeNanos : now;
      acknowledge();
    }
  }

  /** Acknowledges at once, or within the time of a delayed acknowledgement. */
  void acknowledgeSoon(boolean atOnce) {
    if (atOnce || in.isAckDue()) {
      acknowledge();
    } else if (ackTimer == null) {
      ackTimer = host.clock().after(host.settings().delayedAckNanos(), this::acknowledge);
    }
  }

  /** The FIN was sent for the first time. */
  void finSent(int packet) {
    TcpState next = state == TcpState.CLOSE_WAIT ? TcpState.LAST_ACK : TcpState.FIN_WAIT_1;
    enter(next, TrueEvent.SEND_FIN, packet);
  }

  /** Sends a reset: the user aborts, or is gone while data still comes. */
  void resetPeer() {
    int packet =
        host.send(
            local,
            remote,
            Segment.of(
                out.next(), in.next(), PacketBuilder.RST | PacketBuilder.ACK, 0, Bytes.EMPTY));
    enter(TcpState.CLOSED, TrueEvent.SEND_RST, packet);
    gone();
  }

  /** The other end does not answer any more. */
  void giveUp() {
    enter(TcpState.CLOSED, TrueEvent.USER_TIMEOUT, TrueTransition.NO_PACKET);
    failed("no answer");
  }

  /** It has ended in another way than by closing. */
  void failed(String why) {
    user.failed(why);
    gone();
    tellUser();
  }

  /** No trace is left of it at this host. */
  void gone() {
    out.stop();
    if (ackTimer != null) {
      ackTimer.cancel();
      ackTimer = null;
    }
    if (twoMsl != null) {
      twoMsl.cancel();
    }
    host.forget(this);
  }

  /** Tells the application what has happened since; then sends what it wants to send. */
  void tellUser() {
    if (user.tell() && !isGone()) {
      out.send();
    }
  }

  private void sendSoon() {
    if (!user.isBusy()) {
      out.send();
    }
  }

  private void twoMslOver() {
    enter(TcpState.CLOSED, TrueEvent.TIMEOUT_2MSL, TrueTransition.NO_PACKET);
    gone();
  }
}
