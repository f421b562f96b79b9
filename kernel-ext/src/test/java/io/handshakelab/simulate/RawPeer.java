package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketBuilder;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.TcpState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends segments made by hand to a server, and takes down what the server sends and hears. */
final class RawPeer {
  static final int FIN = PacketBuilder.FIN;
  static final int SYN = PacketBuilder.SYN;
  static final int RST = PacketBuilder.RST;
  static final int ACK = PacketBuilder.ACK;

  /** Of this side; relative 0. */
  static final int OURS = 0xfffffff0;

  private static final long DELAY = 10_000_000;

  final Simulation simulation;
  final Host server;
  final Listener listener;
  final List<String> heard = new ArrayList<>();
  @Nullable TcpSocket socket;
  int theirs;

  /** Of the last SYN,ACK. */
  int lastInitial;

  int port = Stage.PORT;

  private final Endpoint here = Simulation.endpoint("192.0.2.77", 1234);
  private final List<Segment> answers = new ArrayList<>();

  RawPeer() {
    this(TcpSettings.USUAL, ListenerOptions.USUAL);
  }

  RawPeer(TcpSettings settings, ListenerOptions options) {
    simulation = new Simulation("raw", SimulationOptions.DEFAULTS);
    simulation.path(Sender.CLIENT, new PathConditions(DELAY, 0, 0, 0, 0, 0, List.of()));
    simulation.path(Sender.SERVER, new PathConditions(DELAY, 0, 0, 0, 0, 0, List.of()));
    server = simulation.server(Stage.SERVER);
    server.settings(settings);
    listener =
        server.listen(
            Stage.PORT,
            options,
            accepted -> {
              socket = accepted;
              return new Hearing();
            });
    simulation.script(
        (side, segment) -> {
          if (side == Sender.SERVER) {
            answers.add(segment);
            lastInitial = segment.isSyn() ? segment.seq() : lastInitial;
          }
          return Script.NOTHING;
        });
  }

  /** A connection that is open, by a SYN with such options. */
  static RawPeer open(int mss, int shift, int window) {
    return new RawPeer().opened(mss, shift, window);
  }

  static RawPeer open() {
    return open(1460, Segment.NO_SCALE, 10_000);
  }

  RawPeer opened(int mss, int shift, int window) {
    send(new Segment(OURS, 0, SYN, window, mss, shift, Bytes.EMPTY));
    theirs = lastInitial;
    send(1, 1, ACK, window, "");
    return this;
  }

  /** By relative numbers; what the server has sent until shortly after, in words. */
  List<String> send(int seq, int ack, int flags, String data) {
    return send(seq, ack, flags, 10_000, data);
  }

  List<String> send(int seq, int ack, int flags, int window, String data) {
    return send(Segment.of(OURS + seq, theirs + ack, flags, window, Bytes.utf8(data)));
  }

  List<String> send(Segment segment) {
    answers.clear();
    simulation
        .network()
        .send(Sender.CLIENT, false, Packet.segment(here, server.endpoint(port), segment));
    return pass(2 * DELAY);
  }

  /** Lets so much time go by; what the server sends in it. */
  List<String> pass(long nanos) {
    long until = simulation.clock().elapsedNanos() + nanos;
    boolean[] over = {false};
    simulation.clock().after(nanos, () -> over[0] = true);
    while (!over[0] && simulation.clock().step(until)) {}
    List<String> words = new ArrayList<>();
    for (Segment s : answers) {
      words.add(words(s));
    }
    answers.clear();
    return words;
  }

  TcpState state() {
    TcpSocket known = socket;
    return known == null ? TcpState.LISTEN : known.state();
  }

  /** {@code SYN,ACK 0 1}: flags, relative numbers of both sides, and data in octets. */
  private String words(Segment s) {
    StringBuilder flags = new StringBuilder();
    String[] names = {"FIN", "SYN", "RST", "PSH", "ACK"};
    for (int bit = 0; bit < names.length; bit++) {
      if (s.has(1 << bit)) {
        flags.append(flags.isEmpty() ? "" : ",").append(names[bit]);
      }
    }
    flags.append(' ').append(s.seq() - theirs);
    if (s.isAck()) {
      flags.append(' ').append(s.ack() - OURS);
    }
    if (!s.data().isEmpty()) {
      flags.append(" +").append(s.data().length());
    }
    return flags.toString();
  }

  private final class Hearing implements TcpHandler {
    @Override
    public void data(TcpSocket from, Bytes octets) {
      heard.add(octets.latin1());
    }

    @Override
    public void peerClosed(TcpSocket from) {
      heard.add("FIN");
    }

    @Override
    public void failed(TcpSocket from, String why) {
      heard.add(why);
    }
  }
}
