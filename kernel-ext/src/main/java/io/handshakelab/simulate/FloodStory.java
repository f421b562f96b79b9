package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketBuilder;
import io.handshakelab.tcp.Sender;
import java.util.ArrayList;
import java.util.List;

/**
 * SYNs from addresses where nobody answers (RFC 4987), while a few clients want to get in. The
 * option {@code count} says how many SYNs.
 */
final class FloodStory {
  private static final int USUAL_COUNT = 1000;
  private static final long EVERY_NANOS = 1_000_000;
  private static final int CLIENTS = 5;
  private static final long CLIENT_EVERY_NANOS = 200_000_000;

  /** 203.0.113.0/24 is for documentation (RFC 5737). */
  private static final int FIRST_ADDRESS = 0xcb007100;

  private final Stage stage;
  private final SeededRandom random;
  private final Listener listener;
  private final List<String> notes = new ArrayList<>();
  private int left;
  private int entered;

  private FloodStory(SimulationOptions options) {
    stage = new Stage("syn-flood", options);
    random = stage.simulation().random("flood");
    left = options.count() > 0 ? options.count() : USUAL_COUNT;
    listener =
        stage
            .server()
            .listen(
                Stage.PORT,
                new ListenerOptions(ListenerOptions.USUAL.backlog(), options.cookies()),
                socket -> new Stage.Reply());
  }

  static SimulationResult play(SimulationOptions options) {
    return new FloodStory(options).play();
  }

  private SimulationResult play() {
    stage.after(0, this::syn);
    for (int i = 0; i < CLIENTS; i++) {
      stage.after(i * CLIENT_EVERY_NANOS + CLIENT_EVERY_NANOS / 2, this::client);
    }
    SimulationResult result = stage.run();
    notes.add(0, entered + " of " + CLIENTS + " clients got in");
    if (listener.cookiesSent() > 0) {
      notes.add(listener.cookiesSent() + " SYNs were answered with a cookie");
    }
    return result.with(listener.resources(), notes);
  }

  /** One SYN, and the next one later: they are never all in memory. */
  private void syn() {
    Bytes address = Bytes.wrap(fourOctets(FIRST_ADDRESS + 1 + random.below(254)));
    Endpoint from = new Endpoint(address, 1024 + random.below(64_512));
    Segment syn = new Segment(random.nextInt(), 0, PacketBuilder.SYN, 64_240, 1460, 7, Bytes.EMPTY);
    stage
        .simulation()
        .network()
        .send(Sender.CLIENT, false, Packet.segment(from, stage.door(), syn));
    if (--left > 0) {
      stage.after(EVERY_NANOS, this::syn);
    }
  }

  private void client() {
    long since = stage.simulation().clock().elapsedNanos();
    stage.client().connect(stage.door(), new Wanting(since));
  }

  private static byte[] fourOctets(int number) {
    return new byte[] {
      (byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number
    };
  }

  /** A client that means it. */
  private final class Wanting implements TcpHandler {
    private final long since;

    Wanting(long since) {
      this.since = since;
    }

    @Override
    public void connected(TcpSocket socket) {
      entered++;
      notes.add("client " + socket.local() + " got in after " + millis());
      socket.write(Stage.HELLO);
    }

    @Override
    public void data(TcpSocket socket, Bytes octets) {
      socket.close();
    }

    @Override
    public void failed(TcpSocket socket, String why) {
      notes.add("client " + socket.local() + " gave up after " + millis() + ": " + why);
    }

    private String millis() {
      return (stage.simulation().clock().elapsedNanos() - since) / 1_000_000 + " ms";
    }
  }
}
