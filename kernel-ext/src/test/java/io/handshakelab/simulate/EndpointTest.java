package io.handshakelab.simulate;

import static io.handshakelab.simulate.RawPeer.ACK;
import static io.handshakelab.simulate.RawPeer.FIN;
import static io.handshakelab.simulate.RawPeer.OURS;
import static io.handshakelab.simulate.RawPeer.RST;
import static io.handshakelab.simulate.RawPeer.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Vantage;
import io.handshakelab.tcp.TcpState;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Single rules of RFC 9293 §3.10, RFC 5961 and RFC 7323, each with segments made by hand. */
class EndpointTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void nobodyAtAPortAnswersWithAReset() {
    RawPeer peer = new RawPeer();
    peer.port = 81;
    assertThat(peer.send(Segment.of(OURS, 0, SYN, 1000, Bytes.EMPTY)))
        .containsExactly("RST,ACK 0 1");
    assertThat(peer.send(0, 77, ACK, "")).containsExactly("RST 77");
    assertThat(peer.send(0, 0, RST, "")).isEmpty();
  }

  @Test
  void aListenerAnswersSynOnly() {
    RawPeer peer = new RawPeer();
    assertThat(peer.send(0, 0, RST, "")).isEmpty();
    assertThat(peer.send(5, 9, ACK, "")).containsExactly("RST 9");
    assertThat(peer.send(5, 0, FIN, "")).isEmpty();
  }

  @Test
  void inSynReceivedAWrongAcknowledgementIsRefused() {
    RawPeer peer = new RawPeer();
    peer.send(Segment.of(OURS, 0, SYN, 1000, Bytes.EMPTY));
    assertThat(peer.send(1, 5, ACK, "")).hasSize(1).first().asString().startsWith("RST 5");
    assertThat(peer.state()).isEqualTo(TcpState.LISTEN);
  }

  @Test
  void onlyTheVeryNextNumberResets() {
    RawPeer peer = RawPeer.open();
    assertThat(peer.send(200_000, 0, RST, "")).as("outside of the window").isEmpty();
    assertThat(peer.send(2, 0, RST, "")).as("in the window").containsExactly("ACK 1 1");
    assertThat(peer.state()).isEqualTo(TcpState.ESTABLISHED);
    assertThat(peer.send(1, 0, RST, "")).isEmpty();
    assertThat(peer.state()).isEqualTo(TcpState.CLOSED);
    assertThat(peer.heard).containsExactly("connection reset");
  }

  @Test
  void aSynInAnOpenConnectionIsChallenged() {
    RawPeer peer = RawPeer.open();
    assertThat(peer.send(5, 0, SYN, "")).containsExactly("ACK 1 1");
    assertThat(peer.state()).isEqualTo(TcpState.ESTABLISHED);
    assertThat(peer.send(6, 0, SYN, "")).as("not more than one in half a second").isEmpty();
    peer.pass(SECOND);
    assertThat(peer.send(7, 0, SYN, "")).containsExactly("ACK 1 1");
  }

  @Test
  void anAcknowledgementOfWhatWasNeverSentIsAnsweredAndDropped() {
    RawPeer peer = RawPeer.open();
    assertThat(peer.send(1, 100, ACK, "ignored")).containsExactly("ACK 1 1");
    assertThat(peer.heard).isEmpty();
    peer.pass(SECOND);
    assertThat(peer.send(1, 1 - 50_000, ACK, "ignored")).as("too old").containsExactly("ACK 1 1");
    assertThat(peer.heard).isEmpty();
  }

  @Test
  void whatOverlapsIsHeardOnce() {
    RawPeer peer = RawPeer.open();
    peer.send(1, 1, ACK, "abcdef");
    peer.send(4, 1, ACK, "defghi");
    assertThat(peer.send(1, 1, ACK, "abc")).as("an old one is acknowledged").contains("ACK 1 10");
    assertThat(String.join("", peer.heard)).isEqualTo("abcdefghi");
  }

  @Test
  void whatComesTooEarlyWaitsItsFinToo() {
    RawPeer peer = RawPeer.open();
    assertThat(peer.send(4, 1, ACK | FIN, "def")).containsExactly("ACK 1 1");
    assertThat(peer.send(3, 1, ACK, "cd")).containsExactly("ACK 1 1");
    assertThat(peer.heard).isEmpty();
    assertThat(peer.send(1, 1, ACK, "ab")).containsExactly("ACK 1 8");
    assertThat(String.join("", peer.heard)).isEqualTo("abcdefFIN");
    assertThat(peer.state()).isEqualTo(TcpState.CLOSE_WAIT);
  }

  @Test
  void whatIsBeyondTheWindowIsCutOff() {
    RawPeer peer =
        new RawPeer(TcpSettings.USUAL.withReceiveBuffer(8, Segment.NO_SCALE), ListenerOptions.USUAL)
            .opened(1460, Segment.NO_SCALE, 10_000);
    socket(peer).pauseReading();
    assertThat(peer.send(1, 1, ACK | FIN, "0123456789")).isEmpty();
    assertThat(peer.pass(SECOND)).containsExactly("ACK 1 9");
    assertThat(peer.send(9, 1, ACK, "89")).as("the window is shut").containsExactly("ACK 1 9");
    socket(peer).resumeReading();
    assertThat(String.join("", peer.heard)).isEqualTo("01234567");
    assertThat(peer.pass(1000)).as("and opens").containsExactly("ACK 1 9");
  }

  @Test
  void everySecondSegmentIsAcknowledgedAtOnceAndOthersAreNotForALittle() {
    RawPeer peer = RawPeer.open();
    assertThat(peer.send(1, 1, ACK, "a")).isEmpty();
    assertThat(peer.send(2, 1, ACK, "b")).containsExactly("ACK 1 3");
    assertThat(peer.send(3, 1, ACK, "c")).isEmpty();
    assertThat(peer.pass(40_000_000)).containsExactly("ACK 1 4");
  }

  @Test
  void segmentsAreAsLargeAsTheOtherEndWants() {
    RawPeer none = RawPeer.open(0, Segment.NO_SCALE, 10_000);
    socket(none).write(Bytes.wrap(new byte[1000]));
    assertThat(none.pass(1000))
        .as("without an option")
        .containsExactly("ACK 1 1 +536", "PSH,ACK 537 1 +464");
    RawPeer small = RawPeer.open(700, Segment.NO_SCALE, 10_000);
    socket(small).write(Bytes.wrap(new byte[1000]));
    assertThat(small.pass(1000)).containsExactly("ACK 1 1 +700", "PSH,ACK 701 1 +300");
  }

  @Test
  void aWindowIsScaledButNotThatOfASyn() {
    RawPeer scaled = RawPeer.open(1460, 3, 100);
    socket(scaled).write(Bytes.wrap(new byte[5000]));
    assertThat(scaled.pass(1000)).as("100 * 2^3").containsExactly("ACK 1 1 +800");
    RawPeer plain = RawPeer.open(1460, Segment.NO_SCALE, 100);
    socket(plain).write(Bytes.wrap(new byte[5000]));
    assertThat(plain.pass(1000)).containsExactly("ACK 1 1 +100");
    // The client's side of it: a SYN,ACK with a window of 8,192 and a shift of 7.
    Stage stage = new Stage("test", SimulationOptions.DEFAULTS);
    stage.server().settings(TcpSettings.USUAL.withReceiveBuffer(8_192, 7));
    int[] sent = {0};
    stage
        .simulation()
        .script(
            (side, s) -> {
              sent[0] +=
                  stage.simulation().clock().elapsedNanos() < 50_000_000 ? s.data().length() : 0;
              return Script.NOTHING;
            });
    stage.listen(socket -> new Stage.Silence());
    stage
        .client()
        .connect(
            stage.door(),
            new TcpHandler() {
              @Override
              public void connected(TcpSocket client) {
                client.write(Bytes.wrap(new byte[50_000]));
              }
            });
    stage.run();
    assertThat(sent[0]).isBetween(1, 8_192);
  }

  @Test
  void theTimeoutFollowsTheRoundTripThatWasMeasured() {
    // The handshake takes 800 ms from SYN,ACK to ACK: RTO = 800 + 4 * 400 = 2,400 ms.
    RawPeer peer = new RawPeer();
    peer.send(Segment.of(OURS, 0, SYN, 10_000, Bytes.EMPTY));
    peer.theirs = peer.lastInitial;
    peer.pass(780_000_000);
    peer.send(1, 1, ACK, "");
    socket(peer).write(Stage.HELLO);
    assertThat(peer.pass(2_399_000_000L)).containsExactly("PSH,ACK 1 1 +7");
    assertThat(peer.pass(2_000_000)).containsExactly("PSH,ACK 1 1 +7");
    assertThat(peer.pass(4_790_000_000L)).isEmpty();
    assertThat(peer.pass(20_000_000)).containsExactly("PSH,ACK 1 1 +7");
  }

  @Test
  void aRepeatedFinRestartsTimeWait() {
    RawPeer peer = RawPeer.open();
    socket(peer).close();
    assertThat(peer.pass(1000)).containsExactly("FIN,ACK 1 1");
    assertThat(peer.send(1, 2, ACK | FIN, "")).containsExactly("ACK 2 2");
    assertThat(peer.state()).isEqualTo(TcpState.TIME_WAIT);
    peer.pass(200 * SECOND);
    assertThat(peer.send(1, 2, ACK | FIN, "")).containsExactly("ACK 2 2");
    peer.pass(239 * SECOND);
    assertThat(peer.state()).isEqualTo(TcpState.TIME_WAIT);
    peer.pass(2 * SECOND);
    assertThat(peer.state()).isEqualTo(TcpState.CLOSED);
  }

  @Test
  void anOldSynDoesNotEndTimeWait() {
    RawPeer peer = RawPeer.open();
    socket(peer).close();
    peer.send(1, 2, ACK | FIN, "");
    assertThat(peer.send(Segment.of(OURS - 100, 0, SYN, 1000, Bytes.EMPTY)))
        .containsExactly("ACK 2 2");
    assertThat(peer.state()).isEqualTo(TcpState.TIME_WAIT);
  }

  @Test
  void aCookieOpensAndAForgedOneDoesNot() {
    ListenerOptions full = new ListenerOptions(0, true);
    RawPeer forged = new RawPeer(TcpSettings.USUAL, full);
    forged.send(new Segment(OURS, 0, SYN, 10_000, 1400, 7, Bytes.EMPTY));
    assertThat(forged.send(1, 12345, ACK, "")).containsExactly("RST 12345");
    assertThat(forged.state()).isEqualTo(TcpState.LISTEN);

    RawPeer honest = new RawPeer(TcpSettings.USUAL, full).opened(1400, 7, 10_000);
    assertThat(honest.state()).isEqualTo(TcpState.ESTABLISHED);
    assertThat(honest.listener.cookiesSent()).isEqualTo(1);
    socket(honest).write(Bytes.wrap(new byte[2000]));
    assertThat(honest.pass(1000))
        .as("the maximum segment size was in the cookie")
        .containsExactly("ACK 1 1 +1400", "PSH,ACK 1401 1 +600");
  }

  @Test
  void aCookieIsGoodForAboutTwoMinutes() {
    RawPeer peer = new RawPeer(TcpSettings.USUAL, new ListenerOptions(0, true));
    peer.send(new Segment(OURS, 0, SYN, 10_000, 1400, 7, Bytes.EMPTY));
    peer.theirs = peer.lastInitial;
    peer.pass(130 * SECOND);
    assertThat(peer.send(1, 1, ACK, "")).containsExactly("RST 1");
  }

  @Test
  void aUserThatReadsAgainBeforeThereIsAConnectionSendsNothing() {
    Stage stage = new Stage("test", SimulationOptions.DEFAULTS);
    TcpSocket client = stage.client().connect(stage.door(), new TcpHandler() {});
    client.pauseReading();
    client.resumeReading();
    assertThat(Played.segments(stage.run(), Vantage.CLIENT, -1))
        .containsExactly("0 client SYN", "40 server RST,ACK");
  }

  @Test
  void aStoryWithoutAnEndIsEndedAndSaysSo() {
    Stage stage = new Stage("test", SimulationOptions.DEFAULTS);
    stage.server().settings(TcpSettings.USUAL.withReceiveBuffer(1000, Segment.NO_SCALE));
    stage.listen(
        socket -> {
          socket.pauseReading();
          return new TcpHandler() {};
        });
    TcpSocket client = stage.client().connect(stage.door(), new TcpHandler() {});
    client.write(Bytes.wrap(new byte[5000]));
    assertThat(stage.run().capture().warnings())
        .containsExactly("the simulation was ended after 3543 s, when it was not over");
    assertThat(Played.scenario(Scenario.ZERO_WINDOW).capture().warnings()).isEmpty();
  }

  @Test
  void connectionsWaitUntilTheyAreAccepted() {
    RawPeer peer = new RawPeer();
    peer.listener.pauseAccepting();
    peer.opened(1460, Segment.NO_SCALE, 1000);
    peer.send(1, 1, ACK, "early");
    assertThat(peer.heard).isEmpty();
    assertThat(peer.socket).isNull();
    peer.listener.resumeAccepting();
    assertThat(peer.heard).containsExactly("early");
  }

  private static TcpSocket socket(RawPeer peer) {
    TcpSocket known = peer.socket;
    assertThat(known).isNotNull();
    return Objects.requireNonNull(known);
  }
}
