package io.handshakelab.simulate.https;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.Vantage;
import io.handshakelab.http.HttpMessage;
import io.handshakelab.lab.TlsVersions;
import io.handshakelab.problem.Problem;
import io.handshakelab.simulate.SimulationOptions;
import io.handshakelab.tls.TlsMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpsVisitTest {
  private static Capture visit(SimulationOptions options, String tls, boolean resumes) {
    TlsChoice choice = TlsChoice.of(tls, null, null, false);
    return HttpsVisit.make(options, choice, resumes).capture();
  }

  private static List<String> types(Capture capture) {
    return Analysis.of(capture).tls().messages().stream().map(TlsMessage::type).toList();
  }

  /**
   * On every machine and every Java version. Whoever changes what the ends say has to change these
   * numbers, and must have meant to.
   */
  @ParameterizedTest
  @CsvSource({
    "1.2, 42, 0.05, b3278435c37948e37679831a8d35de3a96e0723e1295066689baedf5058cce17",
    "1.3, 42, 0.05, 3bf2356187ded8dabe8c980ec161c41432b654d2c2905dd1a4b875aa226f29e5",
    "1.2, 7, 0, e13c8d8758640cc051e987f74b8f388b825dfc6dd30ee9293166f41dd3890fb4",
    "1.3, 7, 0, 63c1c317b2dde8c9ec3ae3152b4b57769f4abd0d6e0f0358af28952ca0376175",
  })
  void theSameSeedGivesTheSameFileToTheOctet(
      String tls, long seed, double loss, String sha256, @TempDir Path folder) throws Exception {
    SimulationOptions options = SimulationOptions.builder().seed(seed).loss(loss).build();
    Path file = folder.resolve("visit.pcapng");
    CaptureFiles.write(visit(options, tls, false), file, true);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(sha256);
  }

  @Test
  void aVisitWithoutFaultsTakesItsRoundTripsAndNoMore() {
    Analysis analysis = Analysis.of(visit(SimulationOptions.DEFAULTS, "1.2", false));
    assertThat(analysis.phases().stream().filter(phase -> !phase.phase().equals("close")))
        .extracting(phase -> phase.phase() + " " + (phase.endNanos() - phase.startNanos()) / 1e6)
        .containsExactly(
            "dns 40.0",
            "tcp 40.0",
            "redirect 40.0",
            "tcp 40.0",
            "tls 80.0",
            "request 0.0",
            "first_byte 40.0");
    assertThat(types(analysis.capture()))
        .containsExactly(
            "ClientHello",
            "ServerHello",
            "Certificate",
            "ServerKeyExchange",
            "ServerHelloDone",
            "ClientKeyExchange",
            "ChangeCipherSpec",
            "Finished",
            "NewSessionTicket",
            "ChangeCipherSpec",
            "Finished",
            "ApplicationData",
            "ApplicationData",
            "Alert",
            "Alert");
  }

  @Test
  void whatIsLostAndOvertakenDoesNotHinderAVisit() {
    SplittableRandom random = new SplittableRandom(5);
    for (int seed = 0; seed < 60; seed++) {
      SimulationOptions options =
          SimulationOptions.builder()
              .seed(seed)
              .loss(random.nextDouble(0.2))
              .duplicate(random.nextDouble(0.2))
              .reorder(random.nextDouble(0.3))
              .jitterNanos(random.nextLong(30_000_000))
              .bitsPerSecond(seed % 3 == 0 ? 200_000 : 0)
              .vantage(Vantage.values()[seed % 4])
              .build();
      Capture capture = visit(options, seed % 2 == 0 ? "1.2" : "1.3", false);
      assertThat(capture.warnings()).as("%s", options).isEmpty();
      Analysis analysis = Analysis.of(capture);
      assertThat(analysis.http())
          .as("%s", options)
          .extracting(HttpMessage::line)
          .containsExactly(
              "GET / HTTP/1.1", "HTTP/1.1 302 Found", "GET / HTTP/1.1", "HTTP/1.1 200 OK");
      assertThat(analysis.tls().messages())
          .as("%s", options)
          .allMatch(message -> !message.encrypted() || message.decrypted())
          .filteredOn(message -> message.type().equals("Finished"))
          .hasSize(2)
          .allMatch(finished -> finished.summary().endsWith("verify_data checked: correct"));
    }
  }

  @Test
  void aResumedSessionNeedsNoCertificateAndOneRoundTripLess() {
    List<String> types = types(visit(SimulationOptions.DEFAULTS, "1.2", true));
    List<String> second = types.subList(types.lastIndexOf("ClientHello"), types.size());
    assertThat(second)
        .containsExactly(
            "ClientHello",
            "ServerHello",
            "ChangeCipherSpec",
            "Finished",
            "ChangeCipherSpec",
            "Finished",
            "ApplicationData",
            "ApplicationData",
            "Alert",
            "Alert");
  }

  /** RFC 5077 §3.2: who names session_ticket in its ServerHello has to send a ticket. */
  @Test
  void aServerThatResumesPromisesNoOtherTicket() {
    assertThat(summaries(visit(SimulationOptions.DEFAULTS, "1.2", true), "ServerHello"))
        .satisfiesExactly(
            first -> assertThat(first).contains("session_ticket"),
            second -> assertThat(second).contains("resumed").doesNotContain("session_ticket"));
  }

  /** RFC 8446 §4.2.3: those of PKCS #1 are for certificates only. */
  @Test
  void bothEndsSignWithPssUnderTls13() {
    TlsChoice choice = TlsChoice.of("1.3", null, null, true);
    Capture capture = HttpsVisit.make(SimulationOptions.DEFAULTS, choice, false).capture();
    assertThat(summaries(capture, "CertificateVerify"))
        .hasSize(2)
        .allMatch(summary -> summary.contains("rsa_pss_rsae_sha256"));
  }

  private static List<String> summaries(Capture capture, String type) {
    return Analysis.of(capture).tls().messages().stream()
        .filter(message -> message.type().equals(type))
        .map(TlsMessage::summary)
        .toList();
  }

  @Test
  void tls13IsNotResumed() {
    assertThatThrownBy(() -> visit(SimulationOptions.DEFAULTS, "1.3", true))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("TLS 1.3");
  }

  @Test
  void aDeadLineIsTold() {
    Capture capture = visit(SimulationOptions.builder().loss(1).build(), "1.2", false);
    assertThat(capture.warnings()).containsExactly("no answer came from the name server");
    assertThat(capture.frameCount()).isEqualTo(10);
  }

  @Test
  void aSuiteDecidesTheVersionAndMustFitIt() {
    assertThat(TlsChoice.of(null, "TLS_AES_256_GCM_SHA384", null, false).version())
        .isEqualTo(TlsVersions.V1_3);
    assertThatThrownBy(() -> TlsChoice.of("1.2", "TLS_AES_256_GCM_SHA384", null, false))
        .isInstanceOf(Problem.class);
    assertThatThrownBy(
            () -> TlsChoice.of(null, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "x25519", false))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("x25519");
  }
}
