package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketBuilder;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.SequenceNumber;
import io.handshakelab.tcp.TcpState;
import java.util.HashMap;
import java.util.Map;

/** A machine with one address, on one side of the network. */
public final class Host {
  private static final int FIRST_PORT = 49_152;

  private final Simulation simulation;
  private final Sender side;
  private final Bytes address;
  private final boolean watched;
  private final Sequences sequences;
  private final SynCookies cookies;
  private TcpSettings settings = TcpSettings.USUAL;
  private int nextPort;

  private final Map<Key, Tcb> connections = new HashMap<>();
  private final Map<Integer, Listener> listeners = new HashMap<>();
  private final Map<Integer, UdpSocket> datagrams = new HashMap<>();

  private record Key(int port, Endpoint remote) {}

  Host(Simulation simulation, Sender side, Bytes address, boolean watched) {
    this.simulation = simulation;
    this.side = side;
    this.address = address;
    this.watched = watched;
    SeededRandom random = simulation.random("host " + address.hex());
    this.sequences = new Sequences(random.nextLong());
    this.cookies = new SynCookies(random.nextLong());
    this.nextPort = FIRST_PORT + random.below(8192);
  }

  public Endpoint endpoint(int port) {
    return new Endpoint(address, port);
  }

  public VirtualClock clock() {
    return simulation.clock();
  }

  /** Opens a connection from a port that is free (RFC 9293 §3.10.1, active open). */
  public TcpSocket connect(Endpoint remote, TcpHandler handler) {
    int port = nextPort++;
    while (connections.containsKey(new Key(port, remote))) {
      port = nextPort++;
    }
    return connect(port, remote, handler);
  }

  /** Opens a connection from this port, which must not be in use for it. */
  public TcpSocket connect(int port, Endpoint remote, TcpHandler handler) {
    Endpoint local = endpoint(port);
    Key key = new Key(port, remote);
    if (connections.containsKey(key)) {
      throw new IllegalStateException("there is a connection from this port already");
    }
    Tcb tcb = new Tcb(this, local, remote, TcpState.CLOSED, newInitial(local, remote), null);
    tcb.handledBy(handler);
    connections.put(key, tcb);
    tcb.open();
    return tcb;
  }

  /** Whether a connection may be opened from this port. */
  boolean isFree(int port, Endpoint remote) {
    return !connections.containsKey(new Key(port, remote));
  }

  /** Waits for connections (RFC 9293 §3.10.1, passive open). */
  public Listener listen(int port, ListenerOptions options, ListenerHandler application) {
    Listener listener = new Listener(this, endpoint(port), options, application, cookies);
    if (listeners.putIfAbsent(port, listener) != null) {
      throw new IllegalStateException("port " + port + " is in use");
    }
    return listener;
  }

  /** Opens a port for datagrams. */
  public UdpSocket datagrams(int port, UdpHandler handler) {
    UdpSocket socket = new UdpSocket(simulation.network(), this, endpoint(port), handler);
    if (datagrams.putIfAbsent(port, socket) != null) {
      throw new IllegalStateException("port " + port + " is in use");
    }
    return socket;
  }

  /** Opens a port for datagrams that is free. */
  public UdpSocket datagrams(UdpHandler handler) {
    int port = nextPort++;
    while (datagrams.containsKey(port)) {
      port = nextPort++;
    }
    return datagrams(port, handler);
  }

  Bytes address() {
    return address;
  }

  Sender side() {
    return side;
  }

  /** Whether the capture on its side is taken at its network card. */
  boolean isWatched() {
    return watched;
  }

  TcpSettings settings() {
    return settings;
  }

  /** For connections that are opened from now on. */
  void settings(TcpSettings other) {
    settings = other;
  }

  boolean isTwoWay() {
    return simulation.isTwoWay();
  }

  TruthLog truth() {
    return simulation.truth();
  }

  int newInitial(Endpoint local, Endpoint remote) {
    return sequences.initial(local, remote, clock().elapsedNanos());
  }

  void add(Tcb tcb) {
    connections.put(new Key(tcb.local().port(), tcb.remote()), tcb);
  }

  void forget(Tcb tcb) {
    connections.remove(new Key(tcb.local().port(), tcb.remote()), tcb);
  }

  int send(Endpoint from, Endpoint to, Segment segment) {
    return simulation.network().send(this, Packet.segment(from, to, segment));
  }

  /** Something has come by the network. */
  void receive(Packet packet, int id) {
    Segment s = packet.segment();
    int port = packet.to().port();
    if (s == null) {
      UdpSocket socket = datagrams.get(port);
      if (socket != null) {
        socket.receive(packet);
      }
      return;
    }
    Tcb tcb = connections.get(new Key(port, packet.from()));
    Listener listener = listeners.get(port);
    if (tcb != null && listener != null && tcb.isReopenedBy(s)) {
      listener.reopen(tcb, s, id);
    } else if (tcb != null) {
      SegmentArrives.at(tcb, s, id);
    } else if (listener != null) {
      listener.receive(packet.from(), s, id);
    } else if (!s.isRst() && settings.refusesStrangers() && !isTwoWay()) {
      refuse(packet.to(), packet.from(), s);
    }
  }

  /** The reset for a segment that belongs to nothing (RFC 9293 §3.10.7.1). */
  void refuse(Endpoint local, Endpoint remote, Segment s) {
    if (s.isAck()) {
      send(local, remote, Segment.of(s.ack(), 0, PacketBuilder.RST, 0, Bytes.EMPTY));
    } else {
      int ack = SequenceNumber.plus(s.seq(), s.length());
      int flags = PacketBuilder.RST | PacketBuilder.ACK;
      send(local, remote, Segment.of(0, ack, flags, 0, Bytes.EMPTY));
    }
  }
}
