package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketBuilder;
import io.handshakelab.tcp.SequenceNumber;
import io.handshakelab.tcp.TcpState;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A port in the state LISTEN (RFC 9293 §3.10.7.2) with its two queues: connections that wait for
 * the end of their handshake, and those that wait for the application to take them (RFC 4987 §2).
 */
public final class Listener {
  /**
   * What a usual 64-bit system needs for a half-open connection, and for an open one, in octets.
   */
  private static final long HALF_OPEN_OCTETS = 320;

  private static final long OPEN_OCTETS = 2_304;

  private final Host host;
  private final Endpoint local;
  private final ListenerOptions options;
  private final ListenerHandler application;
  private final SynCookies cookies;
  private final Set<Tcb> halfOpen = new LinkedHashSet<>();
  private final Set<Tcb> open = new LinkedHashSet<>();
  private final ArrayDeque<Tcb> waiting = new ArrayDeque<>();
  private final ResourceLog resources = new ResourceLog();
  private boolean accepting = true;
  private long turnedAway;
  private long cookiesSent;

  Listener(
      Host host,
      Endpoint local,
      ListenerOptions options,
      ListenerHandler application,
      SynCookies cookies) {
    this.host = host;
    this.local = local;
    this.options = options;
    this.application = application;
    this.cookies = cookies;
    note();
  }

  /** Takes no more connections: they wait, and when there are too many, they are turned away. */
  public void pauseAccepting() {
    accepting = false;
  }

  public void resumeAccepting() {
    accepting = true;
    while (!waiting.isEmpty()) {
      Tcb tcb = waiting.remove();
      tcb.handledBy(application.accept(tcb));
      tcb.tellUser();
    }
  }

  /** How much it held, from moment to moment. */
  public List<ResourceSample> resources() {
    return resources.all();
  }

  /** SYNs that were answered with a cookie instead of being kept. */
  public long cookiesSent() {
    return cookiesSent;
  }

  /** A segment for which there is no connection yet. */
  void receive(Endpoint remote, Segment s, int packet) {
    if (s.isRst()) {
      return;
    }
    if (s.isAck()) {
      if (!openByCookie(remote, s, packet)) {
        host.refuse(local, remote, s);
      }
    } else if (s.isSyn()) {
      syn(remote, s, packet);
    }
  }

  /** A new connection in place of one that waits in TIME-WAIT (RFC 9293 §3.6.1). */
  void reopen(Tcb old, Segment s, int packet) {
    if (isFull()) {
      turnAway();
      return;
    }
    int initial = host.newInitial(local, old.remote());
    int least = SequenceNumber.plus(old.out().next(), 1);
    open.remove(old);
    old.gone();
    int later = SequenceNumber.later(initial, least);
    Tcb tcb = new Tcb(host, local, old.remote(), TcpState.TIME_WAIT, later, this);
    answer(tcb, s, TrueEvent.RECV_NEW_SYN, packet);
  }

  boolean isAccepted(Tcb tcb) {
    return !halfOpen.contains(tcb) && !waiting.contains(tcb);
  }

  boolean hasRoomToAccept() {
    return accepting || waiting.size() < options.backlog();
  }

  /** One of its connections has changed its state. */
  void changed(Tcb tcb, TcpState from) {
    TcpState to = tcb.state();
    if (to == TcpState.SYN_RCVD) {
      halfOpen.add(tcb);
    } else if (to == TcpState.ESTABLISHED) {
      halfOpen.remove(tcb);
      open.add(tcb);
      if (accepting) {
        tcb.handledBy(application.accept(tcb));
      } else {
        waiting.add(tcb);
      }
    } else if (to == TcpState.CLOSED || to == TcpState.LISTEN) {
      halfOpen.remove(tcb);
      open.remove(tcb);
      waiting.remove(tcb);
    }
    if (from != to) {
      note();
    }
  }

  private void syn(Endpoint remote, Segment s, int packet) {
    if (isFull() && options.cookies() && hasRoomToAccept()) {
      cookie(remote, s);
    } else if (isFull()) {
      turnAway();
    } else {
      Tcb tcb = new Tcb(host, local, remote, TcpState.LISTEN, host.newInitial(local, remote), this);
      answer(tcb, s, TrueEvent.RECV_SYN, packet);
    }
  }

  private boolean isFull() {
    return halfOpen.size() >= options.backlog() || !hasRoomToAccept();
  }

  private void turnAway() {
    turnedAway++;
    note();
  }

  private void answer(Tcb tcb, Segment s, TrueEvent event, int packet) {
    host.add(tcb);
    tcb.in().open(s.seq());
    tcb.peerOffers(s);
    if (host.isTwoWay()) {
      tcb.enter(TcpState.ESTABLISHED, event, packet);
      tcb.out().sendSynOnce();
      tcb.out().opened(s);
      tcb.tellUser();
    } else {
      tcb.enter(TcpState.SYN_RCVD, event, packet);
      tcb.out().sendSyn();
    }
  }

  /**
   * Everything that must be known later is in the sequence number; options other than MSS are lost.
   */
  private void cookie(Endpoint remote, Segment s) {
    cookiesSent++;
    int mss = s.mss() > 0 ? s.mss() : 536;
    int number = cookies.make(local, remote, s.seq(), mss, host.clock().elapsedNanos());
    TcpSettings settings = host.settings();
    host.send(
        local,
        remote,
        new Segment(
            number,
            SequenceNumber.plus(s.seq(), 1),
            PacketBuilder.SYN | PacketBuilder.ACK,
            Math.min(settings.receiveBuffer(), 0xffff),
            settings.mss(),
            Segment.NO_SCALE,
            Bytes.EMPTY));
  }

  /** An acknowledgement of a cookie is as good as one of a SYN,ACK that is remembered. */
  private boolean openByCookie(Endpoint remote, Segment s, int packet) {
    if (!options.cookies() || s.isSyn()) {
      return false;
    }
    int theirs = SequenceNumber.plus(s.seq(), -1);
    int ours = SequenceNumber.plus(s.ack(), -1);
    int mss = cookies.check(local, remote, theirs, ours, host.clock().elapsedNanos());
    if (mss == 0 || !hasRoomToAccept()) {
      return false;
    }
    Tcb tcb = new Tcb(host, local, remote, TcpState.LISTEN, ours, this);
    host.add(tcb);
    tcb.in().open(theirs);
    tcb.in().offerUnscaled();
    tcb.peerOffers(
        new Segment(theirs, 0, PacketBuilder.SYN, s.window(), mss, Segment.NO_SCALE, s.data()));
    tcb.out().assume();
    tcb.enter(TcpState.SYN_RCVD, TrueEvent.RECV_SYN, TrueTransition.NO_PACKET);
    tcb.out().opened(s);
    tcb.enter(TcpState.ESTABLISHED, TrueEvent.RECV_ACK_OF_SYN, packet);
    SegmentArrives.at(tcb, s, packet);
    return true;
  }

  /** Takes down what it holds now. */
  void note() {
    resources.add(
        new ResourceSample(
            host.clock().elapsedNanos(),
            halfOpen.size(),
            open.size(),
            halfOpen.size() * HALF_OPEN_OCTETS + open.size() * OPEN_OCTETS,
            turnedAway));
  }
}
