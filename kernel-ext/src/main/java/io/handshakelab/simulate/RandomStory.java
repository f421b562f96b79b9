package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tcp.Sender;

/** A story in which everything is left to chance; the seed is all there is to it. */
final class RandomStory {
  private static final long MILLI = 1_000_000;
  private static final int CLOSED_PORT = 81;
  private static final int FIRST_PORT = 50_000;
  private static final long LONGEST_NANOS = 900_000 * MILLI;

  private final SeededRandom random;
  private final Stage stage;

  RandomStory(long seed) {
    random = SeededRandom.of(seed, "story");
    stage = new Stage("random", faults(seed));
  }

  SimulationResult play() {
    cut(Sender.CLIENT);
    cut(Sender.SERVER);
    settings(stage.client());
    settings(stage.server());
    stage.listen(socket -> new RandomUser(stage, random, socket));
    int connections = 1 + random.below(3);
    for (int i = 0; i < connections; i++) {
      int port = FIRST_PORT + 10 * i;
      stage.after(random.upTo(2_000 * MILLI), () -> open(port));
    }
    return stage.simulation().run(LONGEST_NANOS);
  }

  private SimulationOptions faults(long seed) {
    return SimulationOptions.builder()
        .seed(seed)
        .rttNanos(MILLI + random.upTo((random.chance(0.5) ? 40 : 400) * MILLI))
        .jitterNanos(random.chance(0.3) ? random.upTo(50 * MILLI) : 0)
        .loss(share(0.5, 25))
        .duplicate(share(0.3, 20))
        .reorder(share(0.3, 30))
        .bitsPerSecond(random.chance(0.2) ? 64_000 + random.below(2_000_000) : 0)
        .build();
  }

  /** With this probability between nothing and so many percent. */
  private double share(double probability, int mostPercent) {
    return random.chance(probability) ? random.below(mostPercent * 100) / 10_000.0 : 0;
  }

  private void cut(Sender from) {
    if (random.chance(0.1)) {
      long begin = random.upTo(3_000 * MILLI);
      long lasts = random.chance(0.2) ? LONGEST_NANOS : random.upTo(6_000 * MILLI);
      PathConditions path = stage.simulation().options().path();
      stage.simulation().path(from, path.withCut(begin, begin + lasts));
    }
  }

  private void settings(Host host) {
    if (random.chance(0.2)) {
      host.settings(TcpSettings.USUAL.withReceiveBuffer(2_000 + random.below(8_000), 0));
    } else if (random.chance(0.2)) {
      host.settings(TcpSettings.USUAL.withReceiveBuffer(65_535, Segment.NO_SCALE));
    }
  }

  private void open(int port) {
    int kind = random.below(20);
    if (kind == 0) {
      connect(port, CLOSED_PORT);
    } else if (kind <= 3) {
      both(port);
    } else {
      connect(port, Stage.PORT);
      if (kind <= 6) {
        stage.after(random.upTo(30_000 * MILLI), () -> connect(port, Stage.PORT));
      }
    }
  }

  private void connect(int from, int to) {
    if (stage.client().isFree(from, stage.server().endpoint(to))) {
      Handover handover = new Handover();
      TcpSocket socket = stage.client().connect(from, stage.server().endpoint(to), handover);
      handover.user = new RandomUser(stage, random, socket);
    }
  }

  /** Both open, perhaps at once, perhaps not quite. */
  private void both(int port) {
    Handover there = new Handover();
    Runnable open =
        () -> {
          if (stage.server().isFree(port, stage.client().endpoint(port))) {
            TcpSocket socket = stage.server().connect(port, stage.client().endpoint(port), there);
            there.user = new RandomUser(stage, random, socket);
          }
        };
    stage.after(random.upTo(stage.simulation().options().rttNanos()), open);
    connect(port, port);
  }

  /** A user that is known only when the socket is. */
  private static final class Handover implements TcpHandler {
    private TcpHandler user = new TcpHandler() {};

    @Override
    public void data(TcpSocket socket, Bytes octets) {
      user.data(socket, octets);
    }

    @Override
    public void peerClosed(TcpSocket socket) {
      user.peerClosed(socket);
    }
  }
}
