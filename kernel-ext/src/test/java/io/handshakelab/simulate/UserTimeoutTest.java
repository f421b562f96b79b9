package io.handshakelab.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.capture.Vantage;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.TcpState;
import io.handshakelab.tcp.Transition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody answers, and the end waits no longer (RFC 9293 §3.10.8, §3.8.3). */
class UserTimeoutTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long FOR_EVER = 100_000 * SECOND;

  @Test
  void aSynThatIsNeverAnsweredIsGivenUpAndTheCaptureTellsSoIfItGoesOnLongEnough() {
    Stage stage = new Stage("nobody", SimulationOptions.DEFAULTS);
    cut(stage, 0, 400 * SECOND);
    stage.listen(socket -> new Stage.Reply());
    stage.client().connect(50_000, stage.door(), new TcpHandler() {});
    stage.after(500 * SECOND, () -> connect(stage, 50_001));
    SimulationResult result = stage.run();
    assertThat(result.truth().stream().filter(t -> t.life() == 0).map(TrueTransition::event))
        .containsExactly("send SYN", "user timeout");
    assertThat(told(result, 0))
        .extracting(Transition::event)
        .containsExactly("send SYN", "user timeout");
    Transition told = told(result, 0).get(1);
    assertThat(told.from()).isEqualTo(TcpState.SYN_SENT);
    TrueTransition real =
        result.truth().stream().filter(t -> t.event().equals("user timeout")).findFirst().get();
    assertThat(real.timeNanos()).isBetween(told.notBeforeNanos(), told.notAfterNanos());
  }

  @Test
  void dataThatIsNeverAcknowledgedEndsTheConnectionAndTheCaptureDoesNotPretendToKnowWhen() {
    Stage stage = new Stage("gone", SimulationOptions.DEFAULTS);
    cut(stage, SECOND, FOR_EVER);
    stage.listen(socket -> new Stage.Silence());
    TcpSocket socket = stage.client().connect(50_000, stage.door(), new TcpHandler() {});
    stage.after(2 * SECOND, () -> socket.write(Stage.HELLO));
    SimulationResult result = stage.run();
    assertThat(socket.state()).isEqualTo(TcpState.CLOSED);
    List<TrueTransition> truth =
        result.truth().stream().filter(t -> t.local().port() == 50_000).toList();
    TrueTransition last = truth.get(truth.size() - 1);
    assertThat(last.event()).isEqualTo("user timeout");
    assertThat(last.from()).isEqualTo(TcpState.ESTABLISHED);
    // The first time, and eight retransmissions, each after twice the time of the one before.
    assertThat(Played.segments(result, Vantage.CLIENT, 0))
        .filteredOn(line -> line.contains("client PSH,ACK"))
        .hasSize(9);
    assertThat(last.elapsedNanos()).isGreaterThan(100 * SECOND);
    assertThat(told(result, 0)).noneMatch(t -> t.to() == TcpState.CLOSED);
  }

  /** From then on nothing comes to the server any more. */
  private static void cut(Stage stage, long from, long until) {
    PathConditions path = stage.simulation().options().path();
    stage.simulation().path(Sender.CLIENT, path.withCut(from, until));
  }

  private static void connect(Stage stage, int port) {
    TcpSocket socket = stage.client().connect(port, stage.door(), new Stage.Greeting());
    stage.after(SECOND, socket::close);
  }

  private static List<Transition> told(SimulationResult result, int connection) {
    return Analysis.of(result.capture(Vantage.CLIENT)).tcp().transitions().stream()
        .filter(t -> t.connection() == connection && t.endpoint() == Sender.CLIENT)
        .toList();
  }
}
