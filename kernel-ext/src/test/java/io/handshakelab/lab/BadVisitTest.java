package io.handshakelab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.capture.FreePorts;
import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which a visit fails gives one clear line, an advice, and what was captured. */
class BadVisitTest {
  /** What a false server does with a connection. */
  private interface Behaviour {
    void on(Socket socket) throws IOException, InterruptedException;
  }

  private static VisitResult visit(Behaviour behaviour, Duration timeout) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread thread =
          new Thread(
              () -> {
                try (Socket socket = server.accept()) {
                  behaviour.on(socket);
                } catch (IOException | InterruptedException e) {
                  // The test is over.
                }
              });
      thread.setDaemon(true);
      thread.start();
      VisitResult result =
          Visit.to("127.0.0.1:" + server.getLocalPort()).source("relay").timeout(timeout).run();
      thread.interrupt();
      return result;
    }
  }

  private static VisitResult visit(Behaviour behaviour) throws Exception {
    return visit(behaviour, Duration.ofSeconds(60));
  }

  private static void assertProblem(VisitResult result, String... words) {
    Problem problem = Objects.requireNonNull(result.problem(), "a problem");
    assertThat(problem.whatHappened()).contains(words).doesNotContain("\n", "Exception");
    assertThat(problem.advice()).isNotBlank().doesNotContain("\n");
  }

  @Test
  void aClosedPortIsRefusedBySynAndRst() throws Exception {
    int port = FreePorts.take();
    VisitResult result = Visit.to("127.0.0.1:" + port).source("relay").run();

    assertProblem(result, "127.0.0.1", String.valueOf(port), "refuses the connection");
    assertThat(result.capture().frameCount()).isEqualTo(2);
  }

  @Test
  void aServerThatSpeaksPlainTextIsNamedByItsFirstWords() throws Exception {
    VisitResult result =
        visit(
            socket -> {
              socket.getInputStream().read(new byte[2000]);
              socket
                  .getOutputStream()
                  .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            });

    assertProblem(result, "does not speak TLS", "HTTP/1.1 400");
    assertThat(result.capture().frameCount()).isGreaterThan(5);
  }

  @Test
  void aBannerBeforeAnyQuestionIsShownToo() throws Exception {
    VisitResult result =
        visit(
            socket -> {
              socket.getOutputStream().write("220 mail ready\r\n".getBytes(StandardCharsets.UTF_8));
              socket.getInputStream().readAllBytes();
            });

    assertProblem(result, "does not speak TLS", "220 mail ready");
  }

  @Test
  void aSilentServerEndsByTheDeadline() throws Exception {
    long start = System.nanoTime();
    VisitResult result = visit(socket -> Thread.sleep(120_000), Duration.ofSeconds(2));

    assertProblem(result, "no answer", "within 2 s", "TLS handshake");
    assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(60).toNanos());
    assertThat(result.capture().frameCount()).isGreaterThanOrEqualTo(5);
    assertThat(result.capture().readings())
        .as("both ends, in seconds of silence")
        .filteredOn(reading -> reading.state().equals("ESTABLISHED"))
        .hasSize(2);
  }

  @Test
  void aServerThatSendsAByteNowAndThenGetsNoMoreTime() throws Exception {
    long start = System.nanoTime();
    VisitResult result =
        visit(
            socket -> {
              byte[] header = {22, 3, 3, 64, 0};
              for (int i = 0; i < 1200; i++) {
                socket.getOutputStream().write(i < header.length ? header[i] : 0);
                Thread.sleep(100);
              }
            },
            Duration.ofSeconds(2));

    assertProblem(result, "within 2 s");
    assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(60).toNanos());
  }

  @Test
  void anAlertOfTheServerIsNamed() throws Exception {
    VisitResult result =
        visit(
            socket -> {
              socket.getInputStream().read(new byte[2000]);
              socket.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 40});
              socket.getInputStream().readAllBytes();
            });

    assertProblem(result, "handshake_failure(40)");
  }

  @Test
  void aServerThatLeavesInTheHandshakeIsReported() throws Exception {
    assertProblem(
        visit(socket -> socket.getInputStream().read(new byte[2000])), "ended the connection");
  }

  @Test
  void aResetIsReportedAndRecorded() throws Exception {
    VisitResult result =
        visit(
            socket -> {
              socket.getInputStream().read(new byte[2000]);
              socket.setSoLinger(true, 0);
            });

    assertProblem(result, "ended the connection");
    int last = result.capture().frameCount();
    assertThat(result.capture().data(last).u8(33) & 0x04).as("RST").isNotZero();
  }

  @Test
  void nonsenseThatLooksLikeTlsNeverThrows() throws Exception {
    VisitResult result =
        visit(
            socket -> {
              socket.getInputStream().read(new byte[2000]);
              socket.getOutputStream().write(new byte[] {22, 3, 3, 0, 4, 2, 0, 0, 0});
              socket.getInputStream().readAllBytes();
            });

    assertProblem(result, "failed on our side");
  }

  @Test
  void anUnknownNameOfTheLabIsNoAddress() {
    try (LabServers lab = Labs.start()) {
      VisitResult result = Visit.to("nosuch.lab.test").servers(lab).source("relay").run();

      assertProblem(result, "nosuch.lab.test", "NXDOMAIN");
      assertThat(result.capture().frameCount()).isEqualTo(2);
    }
  }

  @Test
  void aNameOfTheLabWithoutTheLabSaysHowToStartIt() {
    VisitResult result = Visit.to("www.lab.test").source("relay").run();

    assertProblem(result, "the embedded lab is not running");
    assertThat(Objects.requireNonNull(result.problem()).advice()).contains("serve start");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ftp://a/", "http://", "a b", "host:99999", "https://[::1", "http://a:b:c/"})
  void whatIsNoTargetIsRefusedBeforeAnythingIsSent(String target) {
    assertThatThrownBy(() -> Visit.to(target).run())
        .isInstanceOf(Problem.class)
        .hasMessageContaining("nothing that can be visited");
  }

  @Test
  void anUnknownSourceIsAProblem() {
    assertThatThrownBy(() -> Visit.to("localhost:1").source("tape").run())
        .isInstanceOf(Problem.class)
        .hasMessageContaining("tape");
  }
}
