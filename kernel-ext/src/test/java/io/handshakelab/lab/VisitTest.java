package io.handshakelab.lab;

import static io.handshakelab.capture.Evidence.INFERRED;
import static io.handshakelab.capture.Evidence.SOCKET;
import static io.handshakelab.capture.Evidence.WIRE;
import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.Frame;
import io.handshakelab.capture.Vantage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded lab visited through the relay, with tshark as the judge of what was recorded. */
class VisitTest {
  private static LabServers tls12;
  private static LabServers tls13;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    tls12 = Labs.start();
    tls13 = Labs.builder().tls("1.3").start();
  }

  @AfterAll
  static void stop() {
    tls12.close();
    tls13.close();
  }

  private Path saved(Capture capture) {
    Path file = folder.resolve("visit.pcapng");
    CaptureFiles.write(capture, file, false);
    return file;
  }

  private Path keys(Capture capture) throws Exception {
    return Files.writeString(folder.resolve("keys.txt"), capture.secrets().keyLog());
  }

  private List<String> tshark(Capture capture, String filter, String... fields) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("-o", "tls.keylog_file:" + keys(capture)));
    command.addAll(List.of("-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE"));
    command.addAll(List.of("-Y", filter, "-T", "fields", "-E", "occurrence=a"));
    for (String field : fields) {
      command.addAll(List.of("-e", field));
    }
    return Tools.tshark(saved(capture), command);
  }

  @Test
  void theVisitOfTheTutorialHasAllThatItsTextTalksAbout() throws Exception {
    VisitResult result =
        Visit.to("www.lab.test").servers(tls12).source("relay").random(new Random(1)).run();

    assertThat(result.problem()).isNull();
    Capture capture = result.capture();
    assertThat(capture.vantage()).isEqualTo(Vantage.CLIENT);
    assertThat(capture.warnings()).isEmpty();
    assertThat(tshark(capture, "dns.flags.response == 1 && dns.a", "dns.qry.name", "dns.a"))
        .containsExactly("www.lab.test\t127.0.0.1");
    assertThat(tshark(capture, "http.response", "http.response.code", "http.location"))
        .containsExactly("302\thttps://www.lab.test:" + tls12.httpsPort() + "/", "200\t");
    assertThat(handshakeTypes(capture))
        .containsExactly("1", "2", "11", "12", "14", "16", "20", "4", "20");
    assertThat(
            tshark(
                capture,
                "tls.handshake.type == 1",
                "tls.handshake.session_id_length",
                "tls.handshake.extensions_server_name"))
        .containsExactly("0\twww.lab.test");
    assertThat(tshark(capture, "tls.handshake.type == 2", "tls.handshake.ciphersuite"))
        .containsExactly("0xc02f");
    assertThat(tshark(capture, "tls.handshake.type == 16", "tls.handshake.type"))
        .as("a client's flight travels in one segment")
        .containsExactly("16,20");
    assertThat(tshark(capture, "tls.handshake.type == 12", "tls.handshake.server_named_curve"))
        .containsExactly("0x0017");
    assertThat(tshark(capture, "tls.alert_message.desc == 0", "tls.alert_message.level"))
        .containsExactly("1", "1");
  }

  /** Of the second connection, in the order of the wire. */
  private List<String> handshakeTypes(Capture capture) throws Exception {
    return tshark(capture, "tls.handshake.type", "tls.handshake.type").stream()
        .flatMap(line -> Stream.of(line.split(",")))
        .toList();
  }

  @Test
  void eachConnectionOfARelayIsWholeAndItsChecksumsAreRight() throws Exception {
    Capture capture = Visit.to("www.lab.test").servers(tls12).source("relay").run().capture();

    for (int stream = 0; stream < 2; stream++) {
      List<String> flags = tshark(capture, "tcp.stream == " + stream, "tcp.flags");
      assertThat(flags).startsWith("0x0002", "0x0012", "0x0010");
      assertThat(flags).endsWith("0x0011", "0x0010");
      assertThat(flags).filteredOn(f -> f.equals("0x0011")).hasSize(2);
      assertThat(
              tshark(
                  capture,
                  "tcp.stream == " + stream + " && tcp.flags.fin == 1",
                  "tcp.dstport",
                  "tcp.srcport"))
          .first()
          .asString()
          .startsWith((stream == 0 ? tls12.httpPort() : tls12.httpsPort()) + "\t");
    }
    assertThat(tshark(capture, "tcp.analysis.flags || _ws.malformed", "frame.number")).isEmpty();
    assertThat(tshark(capture, "tcp.checksum.status == 0 || ip.checksum.status == 0", "frame"))
        .isEmpty();
  }

  @Test
  void everyFrameOfARelaySaysHowItIsKnown() {
    Capture capture = Visit.to("www.lab.test").servers(tls12).source("relay").run().capture();

    Capture again = CaptureFiles.read(saved(capture));
    assertThat(again.frames()).extracting(Frame::evidence).contains(SOCKET, INFERRED);
    assertThat(again.frames()).extracting(Frame::evidence).doesNotContain(WIRE);
    assertThat(capture.source()).contains("relay");
  }

  @Test
  void theKeysOfATls13VisitOpenItsHttp() throws Exception {
    VisitResult result = Visit.to(tls13.url()).servers(tls13).source("relay").run();

    assertThat(result.problem()).isNull();
    Capture capture = result.capture();
    assertThat(capture.secrets().lines())
        .extracting(line -> line.split(" ", 2)[0])
        .containsExactly(
            "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
            "SERVER_HANDSHAKE_TRAFFIC_SECRET",
            "CLIENT_TRAFFIC_SECRET_0",
            "SERVER_TRAFFIC_SECRET_0",
            "EXPORTER_SECRET");
    assertThat(tshark(capture, "http.response", "http.response.code")).containsExactly("200");
    assertThat(tshark(capture, "tls.handshake.type == 2", "tls.handshake.ciphersuite"))
        .containsExactly("0x1301");
    assertThat(handshakeTypes(capture)).contains("8", "11", "15", "20", "4");
    assertThat(tshark(capture, "tls.handshake.type == 1", "tls.handshake.session_id_length"))
        .containsExactly("32");
  }

  @Test
  void aTargetWithAPortGoesToTlsAtOnce() throws Exception {
    VisitResult result =
        Visit.to("localhost:" + tls12.httpsPort()).source("relay").tls("1.2").run();

    assertThat(result.problem()).isNull();
    assertThat(tshark(result.capture(), "dns || tcp.stream > 0", "frame")).isEmpty();
    assertThat(tshark(result.capture(), "http.response", "http.response.code"))
        .containsExactly("200");
  }

  @Test
  void aLookupAloneAndARedirectAloneGoNoFurther() throws Exception {
    Capture lookup =
        Visit.to("lab.test").servers(tls12).lookupOnly().source("relay").run().capture();
    assertThat(lookup.frameCount()).isEqualTo(4);

    Capture redirect =
        Visit.to("http://lab.test/a?b=c")
            .servers(tls12)
            .redirectOnly()
            .source("relay")
            .run()
            .capture();
    assertThat(tshark(redirect, "http.location", "http.location"))
        .containsExactly("https://www.lab.test:" + tls12.httpsPort() + "/a?b=c");
    assertThat(tshark(redirect, "tcp.stream > 0", "frame")).isEmpty();
  }
}
