package io.handshakelab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.problem.Problem;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tls.TlsMessage;
import io.handshakelab.x509.Pem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that insists on a certificate, and what clients show to it. */
class ClientCertificateTest {
  private static LabServers lab;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    lab = Labs.builder().tls("any").clientAuth(true).start();
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @ParameterizedTest
  @CsvSource({
    "1.2, none, handshake_failure",
    "1.3, none, certificate_required",
    "1.2, good, ''",
    "1.3, good, ''",
    "1.2, wrong-ca, unknown_ca",
    "1.3, wrong-ca, unknown_ca",
    "1.2, expired, certificate_expired",
    "1.3, expired, certificate_expired",
  })
  void theServerAnswersWithTheAlertOfTheRfc(String tls, String which, String alert) {
    VisitResult result = visit(tls, which);

    assertThat(result.problem()).isNull();
    List<TlsMessage> messages = Analysis.of(result.capture()).tls().messages();
    assertThat(types(messages, Sender.SERVER)).contains("CertificateRequest");
    assertThat(types(messages, Sender.CLIENT)).contains("Certificate");
    assertThat(types(messages, Sender.CLIENT).contains("CertificateVerify"))
        .isEqualTo(!which.equals("none"));
    List<TlsMessage> alerts =
        messages.stream()
            .filter(message -> message.type().equals("Alert"))
            .filter(message -> message.summary().contains("fatal"))
            .toList();
    if (alert.isEmpty()) {
      assertThat(alerts).isEmpty();
      assertThat(result.refusal()).isNull();
    } else {
      assertThat(alerts).hasSize(1);
      assertThat(alerts.get(0).sender()).isEqualTo(Sender.SERVER);
      assertThat(alerts.get(0).summary()).contains(alert);
      assertThat(result.refusal()).contains(alert);
    }
  }

  @Test
  void aClientWithAPemFileIsLetIn() throws Exception {
    Path file = folder.resolve("alice.pem");
    Files.writeString(file, lab.authority().client("Alice").pem());

    assertThat(visit("1.3", file.toString()).refusal()).isNull();
    assertThat(visit("1.3", file.toString()).problem()).isNull();
  }

  @Test
  void opensslGetsInWithTheSameFileAndNotWithAServers() throws Exception {
    Path root = Files.writeString(folder.resolve("root.pem"), Pem.of(lab.trustRoot()));
    Path good = Files.writeString(folder.resolve("a.pem"), lab.authority().client("Alice").pem());
    Path server = Files.writeString(folder.resolve("s.pem"), lab.authority().leaf().pem());
    assertThat(curl(0, root, good)).anyMatch(line -> line.contains("It works"));
    // certificate_required and the like come when curl has finished: it cannot read then.
    assertThat(curl(56, root, server)).anyMatch(line -> line.contains("unsupported certificate"));
  }

  private static List<String> curl(int status, Path root, Path client) throws Exception {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "--noproxy", "*"));
    command.addAll(List.of("--max-time", "100", "--cacert", root.toString()));
    command.addAll(List.of("--cert", client.toString()));
    command.addAll(List.of("--resolve", "www.lab.test:" + lab.httpsPort() + ":127.0.0.1"));
    command.add(lab.url());
    return Tools.run(status, command.toArray(new String[0]));
  }

  @Test
  void whatIsNoWordAndNoFileIsAProblem() throws Exception {
    Path noKey = Files.writeString(folder.resolve("no.pem"), Pem.of(lab.trustRoot()));
    assertThatThrownBy(() -> visit("1.3", "goood"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("goood");
    assertThatThrownBy(() -> visit("1.3", noKey.toString()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("private key");
    assertThatThrownBy(() -> Visit.to("localhost:1").clientCertificate("good").run())
        .isInstanceOf(Problem.class)
        .hasMessageContaining("only the lab");
  }

  private static VisitResult visit(String tls, String which) {
    return Visit.to(lab.url()).servers(lab).tls(tls).clientCertificate(which).source("relay").run();
  }

  private static List<String> types(List<TlsMessage> messages, Sender sender) {
    return messages.stream().filter(m -> m.sender() == sender).map(TlsMessage::type).toList();
  }
}
