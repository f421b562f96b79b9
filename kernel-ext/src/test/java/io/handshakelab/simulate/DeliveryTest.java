package io.handshakelab.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Vantage;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.tcp.Connection;
import io.handshakelab.tcp.Segments;
import io.handshakelab.tcp.Sender;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** TCP brings every octet, once and in order, over a network that does neither. */
class DeliveryTest {
  private static final long MILLI = 1_000_000;

  @Test
  void everyOctetArrivesOverABadLine() {
    int lossy = 0;
    for (int seed = 0; seed < 150; seed++) {
      SeededRandom random = SeededRandom.of(seed, "delivery");
      SimulationOptions options =
          SimulationOptions.builder()
              .seed(seed)
              .rttNanos((1 + random.below(200)) * MILLI)
              .loss(random.below(15) / 100.0)
              .duplicate(random.below(20) / 100.0)
              .reorder(random.below(30) / 100.0)
              .jitterNanos(random.below(20) * MILLI)
              .bitsPerSecond(random.chance(0.3) ? 500_000 : 0)
              .build();
      Exchange exchange = new Exchange(options, 1 + random.below(60_000), 1 + random.below(60_000));
      SimulationResult result = exchange.run();
      assertThat(exchange.client.closed).as("seed %d, client closed", seed).isTrue();
      assertThat(exchange.server.closed).as("seed %d, server closed", seed).isTrue();
      assertThat(exchange.server.received()).as("seed %d, at server", seed).isEqualTo(exchange.up);
      assertThat(exchange.client.received())
          .as("seed %d, at client", seed)
          .isEqualTo(exchange.down);
      lossy += options.loss() > 0 ? 1 : 0;
      if (seed % 10 == 0) {
        // And our own reassembly sees the same at both ends.
        Connection read = Analysis.of(result.capture(Vantage.BOTH)).tcp().connections().get(0);
        assertThat(read.from(Sender.CLIENT).bytes()).isEqualTo(exchange.up);
        assertThat(read.from(Sender.SERVER).bytes()).isEqualTo(exchange.down);
      }
    }
    assertThat(lossy).isGreaterThan(100);
  }

  @Test
  void lossIsRepairedByFastRetransmissionWhereThereIsEnoughUnderWay() {
    SimulationOptions options = SimulationOptions.builder().build();
    Exchange exchange = new Exchange(options, 100_000, 1);
    int[] count = {0};
    // The twentieth segment with data is lost once.
    exchange.simulation.script(
        (side, s) ->
            side == Sender.CLIENT && s.data().length() > 0 && ++count[0] == 20
                ? Script.LOST
                : Script.NOTHING);
    SimulationResult result = exchange.run();
    assertThat(exchange.server.received()).isEqualTo(exchange.up);
    assertThat(exchange.server.finishedNanos)
        .as("no timer of a second was waited for")
        .isLessThan(900 * MILLI);
    assertThat(Analysis.of(result.capture(Vantage.CLIENT)).tcp().segments().size()).isPositive();
  }

  @Test
  void anOrderlyLineNeedsNoSegmentTwice() {
    Exchange exchange = new Exchange(SimulationOptions.DEFAULTS, 50_000, 50_000);
    SimulationResult result = exchange.run();
    long octets = 0;
    Segments segments = Analysis.of(result.capture(Vantage.CLIENT)).tcp().segments();
    for (int i = 0; i < segments.size(); i++) {
      octets += segments.length(i);
      assertThat(segments.length(i)).isLessThanOrEqualTo(1460);
    }
    assertThat(octets).isEqualTo(100_000);
  }

  @Test
  void dataThatArrivesAfterCloseIsAnsweredWithAReset() {
    Stage stage = new Stage("test", SimulationOptions.DEFAULTS);
    stage.listen(
        socket ->
            new TcpHandler() {
              @Override
              public void connected(TcpSocket server) {
                server.close();
              }
            });
    TcpSocket client = stage.client().connect(stage.door(), new TcpHandler() {});
    stage.after(1000 * MILLI, () -> client.write(Stage.HELLO));
    assertThat(Played.truth(stage.run()))
        .contains(
            "1020 server FIN-WAIT-2 send RST CLOSED", "1040 client CLOSE-WAIT recv RST CLOSED");
  }

  @Test
  void datagramsGoBothWays() {
    Simulation simulation = new Simulation("datagrams", SimulationOptions.DEFAULTS);
    Host client = simulation.client(Stage.CLIENT);
    Host server = simulation.server(Stage.SERVER);
    server.datagrams(53, (socket, from, payload) -> socket.send(from, Bytes.utf8("answer")));
    List<String> heard = new ArrayList<>();
    UdpSocket socket =
        client.datagrams(
            (self, from, payload) ->
                heard.add(simulation.clock().elapsedNanos() + " " + payload.latin1()));
    socket.send(server.endpoint(53), Bytes.utf8("question"));
    assertThat(simulation.run().capture().frameCount()).isEqualTo(2);
    assertThat(heard).containsExactly("40000000 answer");
  }

  /** The client sends so much and half-closes; the server answers with so much and closes. */
  private static final class Exchange {
    private final Simulation simulation;
    private final Host client0;
    private final Endpoint door;
    private final Bytes up;
    private final Bytes down;
    private final Reader client = new Reader();
    private final Reader server = new Reader();

    Exchange(SimulationOptions options, int up, int down) {
      simulation = new Simulation("exchange", options);
      client0 = simulation.client(Stage.CLIENT);
      Host host = simulation.server(Stage.SERVER);
      door = host.endpoint(Stage.PORT);
      this.up = octets(options.seed(), up);
      this.down = octets(options.seed() + 1000, down);
      server.answer = this.down;
      host.listen(Stage.PORT, ListenerOptions.USUAL, socket -> server);
      client.greeting = this.up;
    }

    SimulationResult run() {
      client0.connect(door, client);
      return simulation.run();
    }

    private static Bytes octets(long seed, int length) {
      byte[] octets = new byte[length];
      SeededRandom.of(seed, "octets").fill(octets);
      return Bytes.wrap(octets);
    }
  }

  private static final class Reader implements TcpHandler {
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private Bytes greeting = Bytes.EMPTY;
    private Bytes answer = Bytes.EMPTY;
    private boolean closed;
    private long finishedNanos;

    Bytes received() {
      return Bytes.wrap(heard.toByteArray());
    }

    @Override
    public void connected(TcpSocket socket) {
      if (!greeting.isEmpty()) {
        socket.write(greeting);
        socket.shutdownOutput();
      }
    }

    @Override
    public void data(TcpSocket socket, Bytes octets) {
      heard.writeBytes(octets.toArray());
    }

    @Override
    public void peerClosed(TcpSocket socket) {
      finishedNanos = ((Tcb) socket).host().clock().elapsedNanos();
      if (!answer.isEmpty()) {
        socket.write(answer);
      }
      socket.close();
    }

    @Override
    public void closed(TcpSocket socket) {
      closed = true;
    }
  }
}
