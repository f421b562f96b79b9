package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.tcp.Sender;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A network with hosts on two sides, on which a story is played: put hosts on it, let them listen
 * and connect, and {@link #run} it. Nothing in it depends on the machine it runs on.
 *
 * <pre>
 * Simulation s = new Simulation("a story", options);
 * Host client = s.client("192.0.2.10");
 * Host server = s.server("198.51.100.20");
 * server.listen(80, ListenerOptions.USUAL, socket -&gt; new Echo());
 * client.connect(server.endpoint(80), new Greeting());
 * SimulationResult result = s.run();
 * </pre>
 */
public final class Simulation {
  private static final long LONGEST_NANOS = 3_600_000_000_000L;
  private static final int MOST_STEPS = 20_000_000;

  private final String name;
  private final SimulationOptions options;
  private final VirtualClock clock = new VirtualClock();
  private final TruthLog truth = new TruthLog(clock);
  private final FrameTape tape;
  private final Network network;

  public Simulation(String name, SimulationOptions options) {
    this.name = name;
    this.options = options;
    this.tape = new FrameTape(random("identification").nextInt());
    this.network = new Network(clock, tape);
    for (Sender side : Sender.values()) {
      path(side, options.path());
    }
  }

  public SimulationOptions options() {
    return options;
  }

  public VirtualClock clock() {
    return clock;
  }

  /** Random numbers for one purpose; the same at each call. */
  public SeededRandom random(String purpose) {
    return SeededRandom.of(options.seed(), purpose);
  }

  /** A host on the client's side, at whose network card a capture at {@code client} is taken. */
  public Host client(String address) {
    return host(Sender.CLIENT, address, true);
  }

  /** A host on the server's side, at whose network card a capture at {@code server} is taken. */
  public Host server(String address) {
    return host(Sender.SERVER, address, true);
  }

  /**
   * A host.
   *
   * @param watched whether a capture at its side is taken at its network card
   */
  public Host host(Sender side, String address, boolean watched) {
    Host host = new Host(this, side, octets(address), watched);
    network.add(host);
    return host;
  }

  /** Sets the network between the sides anew, in one direction. */
  public void path(Sender from, PathConditions conditions) {
    network.path(from, new Path(conditions, random("path from " + from.label())));
  }

  /** Lets everything happen, at most for an hour of virtual time. */
  public SimulationResult run() {
    return run(LONGEST_NANOS);
  }

  /** Lets everything happen that happens within this time. */
  public SimulationResult run(long limitNanos) {
    int steps = 0;
    while (steps < MOST_STEPS && clock.step(limitNanos)) {
      steps++;
    }
    String warning =
        clock.hasPlans()
            ? "the simulation was ended after "
                + clock.elapsedNanos() / 1_000_000_000L
                + " s, when it was not over"
            : null;
    return new SimulationResult(name, options, truth.all(), tape, warning);
  }

  /** Lets certain segments be lost or late. */
  void script(Script script) {
    network.script(script);
  }

  boolean isTwoWay() {
    return options.handshake() == Handshake.TWO_WAY;
  }

  TruthLog truth() {
    return truth;
  }

  Network network() {
    return network;
  }

  static Bytes octets(String address) {
    try {
      if (!address.matches("[0-9a-f.:]+")) {
        throw new UnknownHostException(address);
      }
      return Bytes.of(InetAddress.getByName(address).getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address + " is no address in digits", e);
    }
  }

  static Endpoint endpoint(String address, int port) {
    return new Endpoint(octets(address), port);
  }
}
