package io.handshakelab.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Vantage;
import io.handshakelab.problem.Problem;
import io.handshakelab.tcp.Segments;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each scenario does what its sentence says; times in milliseconds, at a round trip of 40 ms. */
class ScenarioTest {
  @Test
  void threeSegmentsOpenAConnection() {
    SimulationResult result = Played.scenario(Scenario.THREE_WAY);
    assertThat(Played.segments(result, Vantage.CLIENT, 0))
        .startsWith("0 client SYN", "40 server SYN,ACK", "40 client ACK", "40 client PSH,ACK 7");
    assertThat(Played.truth(result))
        .containsExactly(
            "0 client CLOSED send SYN SYN-SENT",
            "20 server LISTEN recv SYN SYN-RCVD",
            "40 client SYN-SENT recv SYN,ACK ESTABLISHED",
            "60 server SYN-RCVD recv ACK of SYN ESTABLISHED");
  }

  @Test
  void aLostSynIsSentAgainAfterOneTwoAndFourSeconds() {
    SimulationResult result = Scenario.LOST_SYN.play(SimulationOptions.builder().count(3).build());
    assertThat(Played.segments(result, Vantage.CLIENT, 0))
        .startsWith(
            "0 client SYN",
            "1000 client SYN",
            "3000 client SYN",
            "7000 client SYN",
            "7040 server SYN,ACK");
    assertThat(Played.segments(result, Vantage.SERVER, 0))
        .startsWith("7020 client SYN", "7020 server SYN,ACK");
  }

  @Test
  void nothingComesThroughWhileTheLineIsCut() {
    SimulationOptions options = SimulationOptions.builder().cut(0, 2_500_000_000L).build();
    SimulationResult result = Scenario.THREE_WAY.play(options);
    assertThat(Played.segments(result, Vantage.CLIENT, 0))
        .startsWith("0 client SYN", "1000 client SYN", "3000 client SYN", "3040 server SYN,ACK");
    assertThat(result.capture().source()).endsWith("rtt 40 ms, cut from 0 s to 2.5 s");
    assertThatThrownBy(() -> SimulationOptions.builder().cut(2, 1).build())
        .isInstanceOf(Problem.class);
  }

  @Test
  void aSynThatIsNeverAnsweredIsGivenUp() {
    SimulationResult result =
        Scenario.LOST_SYN.play(SimulationOptions.builder().count(100).build());
    assertThat(Played.segments(result, Vantage.CLIENT, 0))
        .containsExactly(
            "0 client SYN",
            "1000 client SYN",
            "3000 client SYN",
            "7000 client SYN",
            "15000 client SYN",
            "31000 client SYN",
            "63000 client SYN");
    assertThat(Played.truth(result))
        .containsExactly(
            "0 client CLOSED send SYN SYN-SENT", "123000 client SYN-SENT user timeout CLOSED");
  }

  @Test
  void aLostSynAckIsSentAgainByTheServer() {
    SimulationResult result = Played.scenario(Scenario.LOST_SYNACK);
    assertThat(Played.segments(result, Vantage.SERVER, 0))
        .startsWith("20 client SYN", "20 server SYN,ACK", "1020 server SYN,ACK", "1020 client SYN");
    assertThat(Played.segments(result, Vantage.CLIENT, 0))
        .startsWith("0 client SYN", "1000 client SYN", "1040 server SYN,ACK", "1040 client ACK");
  }

  @Test
  void afterALostAckTheServerRepeatsItsSyn() {
    SimulationResult result = Played.scenario(Scenario.LOST_ACK);
    assertThat(Played.segments(result, Vantage.SERVER, 0))
        .startsWith("20 client SYN", "20 server SYN,ACK", "1020 server SYN,ACK", "1060 client ACK");
    assertThat(Played.truth(result))
        .contains(
            "40 client SYN-SENT recv SYN,ACK ESTABLISHED",
            "1060 server SYN-RCVD recv ACK of SYN ESTABLISHED");
  }

  @Test
  void bothOpenAtOnce() {
    assertThat(Played.truth(Played.scenario(Scenario.SIMULTANEOUS_OPEN)))
        .containsExactlyInAnyOrder(
            "0 client CLOSED send SYN SYN-SENT",
            "0 server CLOSED send SYN SYN-SENT",
            "20 client SYN-SENT recv SYN SYN-RCVD",
            "20 server SYN-SENT recv SYN SYN-RCVD",
            "40 client SYN-RCVD recv SYN,ACK ESTABLISHED",
            "40 server SYN-RCVD recv SYN,ACK ESTABLISHED");
  }

  @Test
  void fourSegmentsCloseAConnection() {
    SimulationResult result = Played.scenario(Scenario.FOUR_WAY_CLOSE);
    assertThat(Played.segments(result, Vantage.BOTH, 0))
        .endsWith("300 client FIN,ACK", "320 server ACK", "520 server FIN,ACK", "540 client ACK");
    assertThat(Played.truth(result))
        .containsSubsequence(
            "280 client ESTABLISHED send FIN FIN-WAIT-1",
            "300 server ESTABLISHED recv FIN CLOSE-WAIT",
            "320 client FIN-WAIT-1 recv ACK of FIN FIN-WAIT-2",
            "500 server CLOSE-WAIT send FIN LAST-ACK",
            "520 client FIN-WAIT-2 recv FIN TIME-WAIT",
            "540 server LAST-ACK recv ACK of FIN CLOSED",
            "240520 client TIME-WAIT timeout 2MSL CLOSED");
  }

  @Test
  void aLostFinIsSentAgain() {
    SimulationResult result = Played.scenario(Scenario.LOST_FIN);
    assertThat(Played.segments(result, Vantage.CLIENT, 0))
        .contains("280 client FIN,ACK", "1280 client FIN,ACK");
    assertThat(Played.segments(result, Vantage.SERVER, 0))
        .contains("1300 client FIN,ACK")
        .doesNotContain("300 client FIN,ACK");
    assertThat(Played.truth(result))
        .contains(
            "280 client ESTABLISHED send FIN FIN-WAIT-1",
            "1320 client FIN-WAIT-1 recv ACK of FIN FIN-WAIT-2");
  }

  @Test
  void theServerGoesOnSendingAfterAHalfClose() {
    SimulationResult result = Played.scenario(Scenario.HALF_CLOSE);
    List<String> segments = Played.segments(result, Vantage.CLIENT, 0);
    int fin = segments.indexOf("40 client FIN,PSH,ACK 7");
    assertThat(fin).isPositive();
    assertThat(segments.subList(fin, segments.size()))
        .filteredOn(s -> s.endsWith("server PSH,ACK 9"))
        .hasSize(3);
    assertThat(Played.truth(result))
        .containsSubsequence(
            "60 server ESTABLISHED recv FIN CLOSE-WAIT",
            "80 client FIN-WAIT-1 recv ACK of FIN FIN-WAIT-2",
            "860 server CLOSE-WAIT send FIN LAST-ACK",
            "880 client FIN-WAIT-2 recv FIN TIME-WAIT");
  }

  @Test
  void twoFinsCross() {
    assertThat(Played.truth(Played.scenario(Scenario.SIMULTANEOUS_CLOSE)))
        .contains(
            "1080 client ESTABLISHED send FIN FIN-WAIT-1",
            "1080 server ESTABLISHED send FIN FIN-WAIT-1",
            "1100 client FIN-WAIT-1 recv FIN CLOSING",
            "1100 server FIN-WAIT-1 recv FIN CLOSING",
            "1120 client CLOSING recv ACK of FIN TIME-WAIT",
            "1120 server CLOSING recv ACK of FIN TIME-WAIT");
  }

  @Test
  void aNewSynEndsTimeWait() {
    SimulationResult result = Played.scenario(Scenario.TIME_WAIT_REUSE);
    assertThat(Played.truth(result))
        .containsSubsequence(
            "100 server FIN-WAIT-2 recv FIN TIME-WAIT",
            "5420 server TIME-WAIT recv new SYN SYN-RCVD",
            "5460 server SYN-RCVD recv ACK of SYN ESTABLISHED");
    Analysis analysis = Analysis.of(result.capture());
    assertThat(analysis.tcp().connectionCount()).isEqualTo(2);
    assertThat(analysis.tcp().connection(0).client())
        .isEqualTo(analysis.tcp().connection(1).client());
  }

  @Test
  void oneConnectionIsRefusedAndOneIsAborted() {
    SimulationResult result = Played.scenario(Scenario.RST);
    assertThat(Played.segments(result, Vantage.BOTH, 0))
        .containsExactly("20 client SYN", "40 server RST,ACK");
    assertThat(Played.truth(result))
        .contains(
            "40 client SYN-SENT recv RST CLOSED",
            "1560 server ESTABLISHED send RST CLOSED",
            "1580 client ESTABLISHED recv RST CLOSED");
  }

  @Test
  void aWindowOfZeroIsProbedWithOneOctetLessAndLessOften() {
    SimulationResult result = Played.scenario(Scenario.ZERO_WINDOW);
    List<String> segments = Played.segments(result, Vantage.CLIENT, 0);
    assertThat(segments).contains("1200 client ACK 1", "3200 client ACK 1", "7200 client ACK 1");
    Segments rows = Analysis.of(result.capture(Vantage.CLIENT)).tcp().segments();
    List<String> notes = new ArrayList<>();
    long octets = 0;
    for (int i = 0; i < rows.size(); i++) {
      String note = rows.note(i);
      notes.add(note == null ? "" : note);
      octets = Math.max(octets, rows.seq(i) + rows.length(i));
    }
    assertThat(notes).anyMatch(n -> n.contains("zero window"));
    assertThat(octets).as("everything arrives in the end").isGreaterThan(20_000);
    assertThat(Played.truth(result)).last().asString().contains("timeout 2MSL");
  }

  @Test
  void withThreeWaysAnOldSynIsRefusedWithinARoundTrip() {
    SimulationResult result = Played.scenario(Scenario.DELAYED_DUPLICATE_SYN);
    assertThat(Played.truth(result))
        .contains("10020 server LISTEN recv SYN SYN-RCVD", "10060 server SYN-RCVD recv RST LISTEN");
    ResourceSample last = result.resources().get(result.resources().size() - 1);
    assertThat(last.halfOpen() + last.established()).isZero();
    assertThat(last.memoryOctets()).isZero();
  }

  @Test
  void withTwoWaysAnOldSynIsAConnectionForEver() {
    SimulationResult result =
        Scenario.DELAYED_DUPLICATE_SYN.play(
            SimulationOptions.builder().handshake(Handshake.TWO_WAY).build());
    assertThat(Played.truth(result))
        .contains(
            "10020 server LISTEN recv SYN ESTABLISHED", "12020 server LISTEN recv SYN ESTABLISHED")
        .doesNotContain("10060 server ESTABLISHED recv RST CLOSED");
    ResourceSample last = result.resources().get(result.resources().size() - 1);
    assertThat(last.established()).as("the one that was wanted is closed").isEqualTo(3);
    assertThat(last.elapsedNanos()).isGreaterThan(60_000_000_000L);
    assertThat(result.notes()).anyMatch(n -> n.contains("still holds 3 connections"));
  }

  @Test
  void aFloodFillsTheQueueAndCookiesLetTheOthersIn() {
    SimulationResult without = Played.scenario(Scenario.SYN_FLOOD);
    SimulationResult with =
        Scenario.SYN_FLOOD.play(SimulationOptions.builder().cookies(true).build());
    assertThat(most(without)).isEqualTo(ListenerOptions.USUAL.backlog());
    assertThat(without.notes()).filteredOn(n -> n.endsWith("got in after 40 ms")).hasSize(1);
    assertThat(with.notes())
        .contains("5 of 5 clients got in")
        .filteredOn(n -> n.endsWith("got in after 40 ms"))
        .hasSize(5);
    assertThat(with.resources().get(with.resources().size() - 1).memoryOctets()).isZero();
  }

  @Test
  void inAFloodTwoWaysCostMemoryWithoutEnd() {
    SimulationResult result =
        Scenario.SYN_FLOOD.play(SimulationOptions.builder().handshake(Handshake.TWO_WAY).build());
    ResourceSample last = result.resources().get(result.resources().size() - 1);
    assertThat(last.established()).isEqualTo(1000);
    assertThat(last.memoryOctets()).isGreaterThan(2_000_000);
  }

  @Test
  void eachHasASentenceAndAName() {
    Set<String> sentences = new HashSet<>();
    for (Scenario scenario : Scenario.values()) {
      assertThat(Scenario.named(scenario.label())).contains(scenario);
      assertThat(scenario.lookFor()).endsWith(".").hasSizeGreaterThan(40);
      sentences.add(scenario.lookFor());
      Capture capture = Played.scenario(scenario).capture();
      assertThat(capture.name()).isEqualTo(scenario.label());
      assertThat(capture.isSimulated()).isTrue();
    }
    assertThat(sentences).hasSameSizeAs(Scenario.values());
    assertThat(Scenario.named("no-such-thing")).isEmpty();
  }

  private static int most(SimulationResult result) {
    return result.resources().stream()
        .max(Comparator.comparingInt(ResourceSample::halfOpen))
        .orElseThrow()
        .halfOpen();
  }
}
