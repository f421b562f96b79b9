package io.handshakelab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.lab.LabServers;
import io.handshakelab.lab.Visit;
import io.handshakelab.tls.TlsMessage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhasesTest {
  @ParameterizedTest
  @CsvSource({"1.2, wire, 2", "1.3, wire, 1", "1.2, relay, 2", "1.3, relay, 1"})
  void aVisitGoesThroughAllPhases(String tls, String source, double roundTrips) {
    Analysis analysis = visit(tls, source);
    List<Phase> phases = analysis.phases();
    assertThat(phases)
        .extracting(Phase::phase)
        .containsSubsequence("dns", "tcp", "redirect")
        .containsSubsequence("dns", "tcp", "tls", "request", "first_byte", "close");
    assertThat(phases).extracting(Phase::startNanos).isSorted();
    assertThat(phases).allMatch(phase -> phase.startNanos() <= phase.endNanos());
    Integer redirected = only(phases, "redirect").connection();
    Integer secure = only(phases, "tls").connection();
    assertThat(secure).isNotEqualTo(redirected);
    assertThat(only(phases, "request").connection()).isEqualTo(secure);
    assertThat(phases)
        .filteredOn(phase -> phase.phase().equals("tcp"))
        .extracting(Phase::connection)
        .containsExactly(redirected, secure);
    assertThat(phases)
        .filteredOn(phase -> phase.phase().equals("dns"))
        .allMatch(phase -> phase.connection() == null && phase.roundTrips() >= 1);
    assertThat(only(phases, "tls").roundTrips()).isEqualTo(roundTrips);
    assertThat(phases)
        .filteredOn(phase -> phase.phase().matches("tcp|redirect|first_byte"))
        .allMatch(phase -> phase.roundTrips() == 1);
  }

  @Test
  void phasesBeginAndEndWithTheFramesThatBoundThem() {
    Analysis analysis = visit("1.2", "wire");
    List<TlsMessage> messages = analysis.tls().messages();
    Phase tls = only(analysis.phases(), "tls");
    assertThat(tls.startNanos()).isEqualTo(messages.get(0).timeNanos());
    assertThat(messages.get(0).type()).isEqualTo("ClientHello");
    TlsMessage finished =
        messages.stream()
            .filter(message -> message.type().equals("Finished"))
            .reduce((first, second) -> second)
            .orElseThrow();
    assertThat(tls.endNanos()).isEqualTo(finished.timeNanos());
    assertThat(analysis.phases())
        .filteredOn(phase -> phase.phase().equals("tcp"))
        .allMatch(phase -> phase.evidence() == Evidence.WIRE);
  }

  @Test
  void aHandshakeMadeUpByARelayIsInferred() {
    List<Phase> phases = visit("1.2", "relay").phases();
    assertThat(phases)
        .filteredOn(phase -> phase.phase().equals("tcp"))
        .isNotEmpty()
        .allMatch(phase -> phase.evidence() == Evidence.INFERRED);
    assertThat(only(phases, "tls").evidence()).isEqualTo(Evidence.SOCKET);
  }

  @Test
  void anEmptyCaptureHasNoPhases() {
    assertThat(Analysis.of(Capture.builder("empty").build()).phases()).isEmpty();
  }

  private static Phase only(List<Phase> phases, String name) {
    List<Phase> found = phases.stream().filter(phase -> phase.phase().equals(name)).toList();
    assertThat(found).as("%s in %s", name, phases).hasSize(1);
    return found.get(0);
  }

  private static Analysis visit(String tls, String source) {
    try (LabServers lab = LabServers.builder().tls(tls).start()) {
      String url = "http://" + LabServers.WWW + ":" + lab.httpPort() + "/";
      return Analysis.of(Visit.to(url).servers(lab).source(source).run().capture());
    }
  }
}
