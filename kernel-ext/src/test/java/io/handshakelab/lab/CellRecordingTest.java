package io.handshakelab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.Frame;
import io.handshakelab.capture.FreePorts;
import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the Java of a cell does is recorded, by either source. */
class CellRecordingTest {
  private static LabServers lab;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    lab = Labs.start();
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private List<String> tshark(Capture capture, String filter, String field) throws Exception {
    Path file = folder.resolve("cell.pcapng");
    CaptureFiles.write(capture, file, true);
    return Tools.tshark(file, List.of("-Y", filter, "-T", "fields", "-e", field));
  }

  private static String local() {
    return "http://127.0.0.1:" + lab.httpPort() + "/";
  }

  private static int httpUrlConnection() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) new URL(local()).openConnection();
    connection.setInstanceFollowRedirects(false);
    connection.setReadTimeout(60_000);
    try (InputStream body = connection.getInputStream()) {
      body.readAllBytes();
    }
    return connection.getResponseCode();
  }

  private static int httpClient() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(local())).timeout(Duration.ofSeconds(60)).build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static String plainSocket() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(LabServers.loopback(), lab.httpPort()), 60_000);
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write(
              "GET /socket HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"relay", "wire"})
  void threeWaysOfJavaToTheNetworkAreRecorded(String source) throws Exception {
    ProxySelector before = ProxySelector.getDefault();
    Capture capture;
    try (CellRecording recording = CellRecording.start("cell", source, lab)) {
      assertThat(httpUrlConnection()).isEqualTo(302);
      assertThat(httpClient()).isEqualTo(302);
      assertThat(plainSocket()).startsWith("HTTP/1.1 302");
      capture = recording.finish();
    }

    assertThat(ProxySelector.getDefault()).isSameAs(before);
    assertThat(capture.source()).startsWith(source);
    String port = "tcp.dstport == " + lab.httpPort();
    assertThat(tshark(capture, port + " && http.request", "http.request.uri"))
        .containsExactly("/", "/", "/socket");
    assertThat(tshark(capture, port + " && tcp.flags.syn == 1", "frame.number")).hasSize(3);
    assertThat(capture.frames())
        .extracting(Frame::evidence)
        .contains(source.equals("wire") ? Evidence.WIRE : Evidence.SOCKET);
  }

  @Test
  void theNamesOfTheLabAreLookedUpByTheRelayAndTlsGoesThroughIt() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("root", lab.authority().root());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    Capture capture;
    try (CellRecording recording = CellRecording.start("cell", "relay", lab)) {
      HttpClient client = HttpClient.newBuilder().sslContext(context).build();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(lab.url())).timeout(Duration.ofSeconds(60)).build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
          .contains("It works");
      capture = recording.finish();
    }

    assertThat(tshark(capture, "dns.a", "dns.qry.name")).containsExactly("www.lab.test");
    assertThat(tshark(capture, "tls.handshake.type == 1", "tcp.dstport"))
        .containsExactly("" + lab.httpsPort());
    assertThat(capture.warnings()).singleElement().asString().contains("keys of the TLS");
  }

  @Test
  void aRefusedConnectionOfACellIsRefusedThroughTheRelayToo() throws Exception {
    int port = FreePorts.take();
    try (CellRecording recording = CellRecording.start("cell", "relay", null);
        Socket socket = new Socket()) {
      assertThatThrownBy(
              () -> socket.connect(new InetSocketAddress(LabServers.loopback(), port), 60_000))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("refused");
      assertThat(recording.finish().frameCount()).isEqualTo(2);
    }
  }

  @Test
  void theConnectionsFromBeforeTheCellAreNotRecordedByTheWire() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, LabServers.loopback());
        Socket client = new Socket(LabServers.loopback(), server.getLocalPort());
        Socket accepted = server.accept()) {
      Capture capture;
      try (CellRecording recording = CellRecording.start("cell", "wire", lab)) {
        client.getOutputStream().write("not for the record".getBytes(StandardCharsets.US_ASCII));
        assertThat(accepted.getInputStream().read()).isEqualTo('n');
        capture = recording.finish();
      }
      assertThat(tshark(capture, "tcp.port == " + server.getLocalPort(), "frame.number")).isEmpty();
    }
  }

  @Test
  void closingWithoutFinishingPutsTheProxyBack() {
    ProxySelector before = ProxySelector.getDefault();
    CellRecording recording = CellRecording.start("cell", "relay", null);
    assertThat(ProxySelector.getDefault()).isNotSameAs(before);
    recording.close();
    assertThat(ProxySelector.getDefault()).isSameAs(before);
  }

  @Test
  void anUnknownSourceIsAProblem() {
    assertThatThrownBy(() -> CellRecording.start("cell", "tape", null))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("tape");
  }
}
