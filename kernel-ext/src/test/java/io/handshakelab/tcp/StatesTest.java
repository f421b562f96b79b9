package io.handshakelab.tcp;

import static io.handshakelab.packet.PacketBuilder.FIN;
import static io.handshakelab.packet.PacketBuilder.PSH;
import static io.handshakelab.packet.PacketBuilder.RST;
import static io.handshakelab.packet.PacketBuilder.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.LinkType;
import io.handshakelab.capture.SocketReading;
import io.handshakelab.capture.Vantage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatesTest {
  @Test
  void aWholeConnectionIsFollowedFromListenToTimeWait() {
    TcpAnalysis tcp = visit().analysis();
    assertThat(states(tcp))
        .containsExactly(
            "SYN-SENT SYN-RCVD",
            "ESTABLISHED SYN-RCVD",
            "ESTABLISHED ESTABLISHED",
            "ESTABLISHED ESTABLISHED",
            "ESTABLISHED ESTABLISHED",
            "FIN-WAIT-1 CLOSE-WAIT",
            "FIN-WAIT-2 CLOSE-WAIT",
            "TIME-WAIT LAST-ACK",
            "TIME-WAIT CLOSED");
    assertThat(transitions(tcp))
        .containsExactly(
            "server CLOSED, passive open: LISTEN (null, inferred, RFC 9293 §3.10.1)",
            "client CLOSED, send SYN: SYN-SENT (1, wire, RFC 9293 §3.10.1)",
            "server LISTEN, recv SYN: SYN-RCVD (1, wire, RFC 9293 §3.10.7.2)",
            "client SYN-SENT, recv SYN,ACK: ESTABLISHED (2, wire, RFC 9293 §3.10.7.3)",
            "server SYN-RCVD, recv ACK of SYN: ESTABLISHED (3, wire, RFC 9293 §3.10.7.4)",
            "client ESTABLISHED, send FIN: FIN-WAIT-1 (6, wire, RFC 9293 §3.10.4)",
            "server ESTABLISHED, recv FIN: CLOSE-WAIT (6, wire, RFC 9293 §3.10.7.4)",
            "client FIN-WAIT-1, recv ACK of FIN: FIN-WAIT-2 (7, wire, RFC 9293 §3.10.7.4)",
            "server CLOSE-WAIT, send FIN: LAST-ACK (8, wire, RFC 9293 §3.10.4)",
            "client FIN-WAIT-2, recv FIN: TIME-WAIT (8, wire, RFC 9293 §3.10.7.4)",
            "server LAST-ACK, recv ACK of FIN: CLOSED (9, wire, RFC 9293 §3.10.7.4)");
  }

  @Test
  void whatHappensAtTheOtherEndIsShownByWhatThatEndSendsLater() {
    assertThat(transitions(visit().vantage(Vantage.CLIENT).analysis()))
        .contains("client SYN-SENT, recv SYN,ACK: ESTABLISHED (2, wire, RFC 9293 §3.10.7.3)")
        .contains("server LISTEN, recv SYN: SYN-RCVD (2, inferred, RFC 9293 §3.10.7.2)")
        .contains("server ESTABLISHED, recv FIN: CLOSE-WAIT (7, inferred, RFC 9293 §3.10.7.4)");
    assertThat(transitions(visit().vantage(Vantage.SERVER).analysis()))
        .contains("client SYN-SENT, recv SYN,ACK: ESTABLISHED (3, inferred, RFC 9293 §3.10.7.3)")
        .contains("server LISTEN, recv SYN: SYN-RCVD (1, wire, RFC 9293 §3.10.7.2)");
    assertThat(transitions(visit().vantage(null).analysis()))
        .contains("client CLOSED, send SYN: SYN-SENT (1, wire, RFC 9293 §3.10.1)")
        .contains("server LISTEN, recv SYN: SYN-RCVD (2, inferred, RFC 9293 §3.10.7.2)")
        .contains("client SYN-SENT, recv SYN,ACK: ESTABLISHED (3, inferred, RFC 9293 §3.10.7.3)");
  }

  @Test
  void whatHappensAtTheOtherEndLiesBetweenTwoTimes() {
    Transition received =
        visit().vantage(Vantage.CLIENT).analysis().transitions().stream()
            .filter(t -> t.event().equals("recv FIN") && t.endpoint() == Sender.SERVER)
            .findFirst()
            .orElseThrow();
    assertThat(received.notBeforeNanos()).isEqualTo(Talk.START + 5_000_000);
    assertThat(received.notAfterNanos()).isEqualTo(Talk.START + 6_000_000);
    assertThat(received.timeNanos()).isEqualTo(received.notAfterNanos());
    assertThat(received.isBetween()).isTrue();
  }

  @Test
  void whetherTheLastSegmentArrivedAtTheOtherEndNobodyKnows() {
    assertThat(states(visit().vantage(Vantage.CLIENT).analysis())).endsWith("TIME-WAIT null");
    assertThat(states(visit().vantage(Vantage.SERVER).analysis())).endsWith("TIME-WAIT CLOSED");
    assertThat(states(visit().vantage(Vantage.MIDDLE).analysis())).endsWith("TIME-WAIT null");
    TcpAnalysis handshake = new Talk().vantage(Vantage.CLIENT).handshake().analysis();
    assertThat(states(handshake)).endsWith("ESTABLISHED null");
    assertThat(transitions(handshake)).noneMatch(row -> row.startsWith("server SYN-RCVD"));
  }

  @Test
  void aMadeUpFrameProvesNothing() {
    assertThat(transitions(visit().evidence(Evidence.INFERRED).analysis()))
        .allMatch(row -> row.contains(", inferred,"));
    assertThat(transitions(visit().evidence(Evidence.SOCKET).analysis()))
        .contains("client CLOSED, send SYN: SYN-SENT (1, socket, RFC 9293 §3.10.1)");
  }

  @Test
  void loopbackIsTheVantageOfBothEnds() {
    Talk talk =
        new Talk(Talk.end("7f000001", 40000), Talk.end("7f000001", 443), 7, 9)
            .vantage(null)
            .handshake();
    assertThat(transitions(talk.analysis()))
        .contains("server LISTEN, recv SYN: SYN-RCVD (1, wire, RFC 9293 §3.10.7.2)");
  }

  @Test
  void nobodyListensWhereTheConnectionIsRefused() {
    TcpAnalysis tcp = new Talk().client(SYN, 0, -1, "").server(RST, -5000, 1, "").analysis();
    assertThat(states(tcp)).containsExactly("SYN-SENT CLOSED", "CLOSED CLOSED");
    assertThat(transitions(tcp))
        .containsExactly(
            "client CLOSED, send SYN: SYN-SENT (1, wire, RFC 9293 §3.10.1)",
            "client SYN-SENT, recv RST: CLOSED (2, wire, RFC 9293 §3.10.7.3)");
    assertThat(tcp.segments().note(1)).contains("refused");
  }

  @Test
  void ofAServerThatNeverAnswersNothingIsSaid() {
    TcpAnalysis tcp =
        new Talk().client(SYN, 0, -1, "").pause(1000).client(SYN, 0, -1, "").analysis();
    assertThat(states(tcp)).containsExactly("SYN-SENT null", "SYN-SENT null");
    assertThat(transitions(tcp)).hasSize(1);
  }

  @Test
  void aResetInMidStreamClosesBothEnds() {
    TcpAnalysis tcp =
        new Talk().handshake().client(PSH, 1, 1, "hello").server(RST, 1, 6, "").analysis();
    assertThat(states(tcp)).endsWith("ESTABLISHED ESTABLISHED", "CLOSED CLOSED");
    assertThat(transitions(tcp))
        .contains("server ESTABLISHED, send RST: CLOSED (5, wire, RFC 9293 §3.10.5)")
        .contains("client ESTABLISHED, recv RST: CLOSED (5, wire, RFC 9293 §3.10.7.4)");
    assertThat(tcp.segments().note(4)).contains("aborted");
  }

  @Test
  void anOldResetIsNotBelieved() {
    TcpAnalysis tcp =
        new Talk()
            .handshake()
            .server(PSH, 1, 1, "0123456789")
            .client(0, 1, 11, "")
            .server(RST, 3, -1, "")
            .analysis();
    assertThat(tcp.segments().clientState(5)).isEqualTo(TcpState.ESTABLISHED);
    assertThat(tcp.segments().note(5)).contains("must ignore");
  }

  @Test
  void bothEndsMayOpenAtOnce() {
    TcpAnalysis tcp =
        new Talk()
            .client(SYN, 0, -1, "")
            .server(SYN, 0, -1, "")
            .client(SYN, 0, 1, "")
            .server(SYN, 0, 1, "")
            .analysis();
    assertThat(states(tcp))
        .containsExactly(
            "SYN-SENT SYN-RCVD",
            "SYN-RCVD SYN-RCVD",
            "SYN-RCVD ESTABLISHED",
            "ESTABLISHED ESTABLISHED");
    assertThat(transitions(tcp))
        .contains("server CLOSED, send SYN: SYN-SENT (2, wire, RFC 9293 §3.10.1)")
        .contains("server SYN-SENT, recv SYN: SYN-RCVD (1, wire, RFC 9293 §3.10.7.3)");
  }

  @Test
  void bothEndsMayCloseAtOnce() {
    TcpAnalysis tcp =
        new Talk()
            .handshake()
            .vantage(Vantage.MIDDLE)
            .client(FIN, 1, 1, "")
            .server(FIN, 1, 1, "")
            .client(0, 2, 2, "")
            .server(0, 2, 2, "")
            .analysis();
    assertThat(states(tcp))
        .endsWith("FIN-WAIT-1 ESTABLISHED", "CLOSING null", "CLOSING null", "null null");
  }

  @Test
  void aSegmentThatIsSentAgainHadNotBeenReceived() {
    TcpAnalysis lostSynAck =
        new Talk()
            .vantage(Vantage.SERVER)
            .client(SYN, 0, -1, "")
            .server(SYN, 0, 1, "")
            .client(SYN, 0, -1, "")
            .server(SYN, 0, 1, "")
            .client(0, 1, 1, "")
            .analysis();
    assertThat(states(lostSynAck))
        .containsExactly(
            "SYN-SENT SYN-RCVD",
            "null SYN-RCVD",
            "null SYN-RCVD",
            "ESTABLISHED SYN-RCVD",
            "ESTABLISHED ESTABLISHED");
    TcpAnalysis lostAckOfFin =
        new Talk()
            .vantage(Vantage.MIDDLE)
            .handshake()
            .client(FIN, 1, 1, "")
            .server(0, 1, 2, "")
            .client(FIN, 1, 1, "")
            .server(0, 1, 2, "")
            .analysis();
    assertThat(states(lostAckOfFin))
        .endsWith("FIN-WAIT-1 CLOSE-WAIT", "null CLOSE-WAIT", "null CLOSE-WAIT", "null CLOSE-WAIT");
  }

  @Test
  void ofSynsSentAgainItIsNotKnownWhichOneArrived() {
    TcpAnalysis tcp =
        new Talk()
            .client(SYN, 0, -1, "")
            .client(SYN, 0, -1, "")
            .server(SYN, 0, 1, "")
            .client(0, 1, 1, "")
            .analysis();
    assertThat(states(tcp))
        .containsExactly(
            "SYN-SENT null", "SYN-SENT null", "ESTABLISHED SYN-RCVD", "ESTABLISHED ESTABLISHED");
  }

  @Test
  void ofFinsSentAgainItIsKnownOnlyAtTheReceiverWhichOneArrived() {
    Talk talk =
        new Talk().handshake().client(FIN, 1, 1, "").client(FIN, 1, 1, "").server(0, 1, 2, "");
    assertThat(states(talk.vantage(Vantage.SERVER).analysis()))
        .endsWith("FIN-WAIT-1 CLOSE-WAIT", "FIN-WAIT-1 CLOSE-WAIT", "null CLOSE-WAIT");
    assertThat(states(talk.vantage(Vantage.CLIENT).analysis()))
        .endsWith("FIN-WAIT-1 null", "FIN-WAIT-1 CLOSE-WAIT", "FIN-WAIT-2 CLOSE-WAIT");
    assertThat(states(talk.vantage(Vantage.BOTH).analysis()))
        .endsWith("FIN-WAIT-1 CLOSE-WAIT", "FIN-WAIT-1 CLOSE-WAIT", "FIN-WAIT-2 CLOSE-WAIT");
  }

  @Test
  void aHalfClosedConnectionStillCarriesData() {
    TcpAnalysis tcp =
        new Talk()
            .handshake()
            .client(FIN, 1, 1, "bye")
            .server(0, 1, 5, "")
            .server(PSH, 1, 5, "still here")
            .client(0, 5, 11, "")
            .analysis();
    assertThat(states(tcp)).endsWith("FIN-WAIT-2 CLOSE-WAIT");
    assertThat(tcp.segments().note(3)).contains("the client sends no more data");
    assertThat(tcp.segments().note(4))
        .isEqualTo("ack 5 = 3 bytes received + 1 for SYN + 1 for FIN");
    assertThat(tcp.segments().note(5)).isEqualTo("half-close: the server still sends");
    assertThat(tcp.segments().note(6)).isEqualTo("ack 11 = 10 bytes received + 1");
  }

  @Test
  void aFinBehindAGapTakesEffectWhenTheGapIsFilled() {
    TcpAnalysis tcp =
        new Talk()
            .handshake()
            .server(FIN, 11, 1, "second")
            .server(PSH, 1, 1, "0123456789")
            .client(0, 1, 18, "")
            .analysis();
    assertThat(states(tcp))
        .endsWith("ESTABLISHED FIN-WAIT-1", "CLOSE-WAIT FIN-WAIT-1", "CLOSE-WAIT FIN-WAIT-2");
  }

  @Test
  void inMidStreamWhatIsStillSentShowsTheStates() {
    TcpAnalysis tcp =
        new Talk()
            .client(0, 100, 200, "")
            .client(PSH, 100, 200, "question")
            .server(PSH, 200, 108, "answer")
            .client(FIN, 108, 206, "")
            .server(FIN, 206, 109, "")
            .client(0, 109, 207, "")
            .analysis();
    assertThat(tcp.connections().get(0).openingSeen()).isFalse();
    assertThat(states(tcp))
        .containsExactly(
            "ESTABLISHED ESTABLISHED",
            "ESTABLISHED ESTABLISHED",
            "ESTABLISHED ESTABLISHED",
            "FIN-WAIT-1 CLOSE-WAIT",
            "TIME-WAIT LAST-ACK",
            "TIME-WAIT CLOSED");
    assertThat(tcp.segments().seq(1)).isEqualTo(1);
    assertThat(tcp.connections().get(0).fromServer().bytes().latin1()).isEqualTo("answer");
  }

  @Test
  void aCaptureThatBeginsWithTheAnswerStillKnowsWhoOpened() {
    TcpAnalysis tcp = new Talk().server(SYN, 0, 1, "").client(0, 1, 1, "").analysis();
    assertThat(tcp.connections().get(0).client()).isEqualTo(Talk.CLIENT);
    assertThat(states(tcp)).containsExactly("ESTABLISHED SYN-RCVD", "ESTABLISHED ESTABLISHED");
    assertThat(transitions(tcp))
        .startsWith(
            "server CLOSED, passive open: LISTEN (null, inferred, RFC 9293 §3.10.1)",
            "client CLOSED, active open: SYN-SENT (null, inferred, RFC 9293 §3.10.1)",
            "server LISTEN, recv SYN: SYN-RCVD (null, inferred, RFC 9293 §3.10.7.2)");
  }

  @Test
  void timeWaitEndsOnlyInACaptureThatIsLongEnough() {
    assertThat(transitions(visit().pause(200_000).client(0, 9, 9, "").analysis()))
        .noneMatch(row -> row.contains("2MSL"));
    TcpAnalysis tcp = visit().pause(300_000).client(0, 9, 9, "").analysis();
    assertThat(transitions(tcp))
        .contains("client TIME-WAIT, timeout 2MSL: CLOSED (null, inferred, RFC 9293 §3.10.8)");
  }

  @Test
  void statesReadFromTheKernelStandAmongTheOthers() {
    Talk talk = visit();
    Capture.Builder builder = Capture.builder("with readings").vantage(Vantage.CLIENT);
    for (Talk.Packet packet : talk.packets()) {
      builder.frame(
          packet.nanos(), LinkType.RAW, packet.data(), packet.data().length(), Evidence.WIRE, null);
    }
    long start = Talk.START;
    builder.reading(reading(start + 300_000, "SYN-SENT"));
    builder.reading(reading(start + 1_500_000, "ESTABLISHED"));
    builder.reading(reading(start + 9_000_000, "NO-SUCH-STATE"));
    TcpAnalysis tcp = TcpAnalysis.of(builder.build());
    assertThat(transitions(tcp))
        .contains(
            "client null, read /proc/net/tcp: SYN-SENT (null, kernel, RFC 9293 §3.3.2)",
            "client SYN-SENT, read /proc/net/tcp: ESTABLISHED (null, kernel, RFC 9293 §3.3.2)");
    assertThat(tcp.transitions().stream().map(Transition::timeNanos).toList()).isSorted();
  }

  @Test
  void aReadingThatContradictsTheSegmentsIsShown() {
    Capture.Builder builder = Capture.builder("with readings").vantage(Vantage.BOTH);
    for (Talk.Packet packet : visit().packets()) {
      builder.frame(
          packet.nanos(), LinkType.RAW, packet.data(), packet.data().length(), Evidence.WIRE, null);
    }
    builder.reading(reading(Talk.START + 300_000, "SYN-SENT"));
    builder.reading(reading(Talk.START + 900_000_000, "SYN-SENT"));
    builder.reading(reading(Talk.START + 910_000_000, "TIME-WAIT"));
    TcpAnalysis tcp = TcpAnalysis.of(builder.build());
    assertThat(tcp.contradictions())
        .containsExactly(
            "connection 0, client: the system's socket table said SYN-SENT at 0.9 s, where the"
                + " segments show TIME-WAIT");
    assertThat(tcp.warnings()).containsAll(tcp.contradictions());
    assertThat(transitions(tcp))
        .contains(
            "client SYN-SENT, read /proc/net/tcp: contradicts TIME-WAIT: SYN-SENT (null, kernel,"
                + " RFC 9293 §3.3.2)");
  }

  @Test
  void aFinIsSentAfterWhatItAcknowledgesHadArrived() {
    Transition fin =
        visit().analysis().transitions().stream()
            .filter(t -> t.event().equals("send FIN") && t.endpoint() == Sender.SERVER)
            .findFirst()
            .orElseThrow();
    assertThat(fin.notBeforeNanos()).isEqualTo(Talk.START + 5_000_000);
    assertThat(fin.notAfterNanos()).isEqualTo(Talk.START + 7_000_000);
  }

  @Test
  void aNewSynBeginsANewConnection() {
    TcpAnalysis tcp =
        new Talk().handshake().client(RST, 1, 1, "").client(SYN, 70_000, -1, "").analysis();
    assertThat(tcp.connections()).hasSize(2);
    assertThat(tcp.segments().connection(4)).isEqualTo(1);
    assertThat(tcp.segments().seq(4)).isZero();
    assertThat(tcp.segments().note(4)).contains("ports reused");
  }

  @Test
  void notesExplainTheFirstNumbers() {
    TcpAnalysis tcp = visit().analysis();
    assertThat(tcp.segments().note(0)).isEqualTo("relative 0 stands for raw ISN 1000");
    assertThat(tcp.segments().note(1))
        .isEqualTo("ack 1 = the SYN's 0 + 1; relative 0 stands for raw ISN 5000");
    assertThat(tcp.segments().note(2)).isEqualTo("ack 1 = the SYN's 0 + 1");
    assertThat(tcp.segments().note(4)).isEqualTo("ack 8 = 7 bytes received + 1");
  }

  private static SocketReading reading(long nanos, String state) {
    return new SocketReading(
        nanos - 1000, nanos, Talk.CLIENT.toSocketAddress(), Talk.SERVER.toSocketAddress(), state);
  }

  private static Talk visit() {
    return new Talk()
        .handshake()
        .client(PSH, 1, 1, "request")
        .server(0, 1, 8, "")
        .client(FIN, 8, 1, "")
        .server(0, 1, 9, "")
        .server(FIN, 1, 9, "")
        .client(0, 9, 2, "");
  }

  private static List<String> states(TcpAnalysis tcp) {
    List<String> states = new ArrayList<>();
    for (int i = 0; i < tcp.segments().size(); i++) {
      states.add(label(tcp.segments().clientState(i)) + " " + label(tcp.segments().serverState(i)));
    }
    return states;
  }

  private static List<String> transitions(TcpAnalysis tcp) {
    return tcp.transitions().stream()
        .map(
            t ->
                t.endpoint().label()
                    + " "
                    + label(t.from())
                    + ", "
                    + t.event()
                    + ": "
                    + label(t.to())
                    + " ("
                    + t.frame()
                    + ", "
                    + t.evidence().label()
                    + ", "
                    + t.rfc()
                    + ")")
        .toList();
  }

  private static String label(@Nullable TcpState state) {
    return state == null ? "null" : state.label();
  }
}
