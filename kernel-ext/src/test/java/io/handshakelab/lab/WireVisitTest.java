package io.handshakelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.Frame;
import io.handshakelab.capture.SocketReading;
import io.handshakelab.capture.Vantage;
import io.handshakelab.capture.WireSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded lab visited while packets are captured, which needs the permission to do so. */
class WireVisitTest {
  @TempDir Path folder;

  @Test
  void theWireHasTheWholeVisitAndNothingElse() throws Exception {
    assertThat(WireSource.probe().available()).as(WireSource.probe().reason()).isTrue();
    try (LabServers lab = Labs.start()) {
      VisitResult result = Visit.to("www.lab.test").servers(lab).source("wire").run();

      assertThat(result.problem()).isNull();
      Capture capture = result.capture();
      assertThat(capture.source()).startsWith("wire (").contains(" on lo)");
      assertThat(capture.vantage()).isEqualTo(Vantage.BOTH);
      assertThat(capture.warnings()).isEmpty();
      assertThat(capture.frames()).extracting(Frame::evidence).containsOnly(Evidence.WIRE);

      Path file = folder.resolve("wire.pcapng");
      CaptureFiles.write(capture, file, true);
      List<String> ports =
          tshark(
              file,
              "tcp.flags.syn == 1 && tcp.flags.ack == 0 || dns.flags == 0x100",
              "tcp.dstport",
              "udp.dstport");
      assertThat(ports)
          .containsExactly(
              "\t" + lab.dnsPort(),
              "\t" + lab.dnsPort(),
              lab.httpPort() + "\t",
              lab.httpsPort() + "\t");
      assertThat(tshark(file, "http.response", "http.response.code")).containsExactly("302", "200");
      assertThat(tshark(file, "tcp.flags.fin == 1", "tcp.dstport"))
          .hasSize(4)
          .startsWith("" + lab.httpPort())
          .element(2)
          .isEqualTo("" + lab.httpsPort());
    }
  }

  private static List<String> tshark(Path file, String filter, String... fields) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-Y", filter, "-T", "fields"));
    for (String field : fields) {
      arguments.addAll(List.of("-e", field));
    }
    return Tools.tshark(file, arguments);
  }

  @Test
  void theLastStateOfTheClientIsReadFromTheSystem() {
    try (LabServers lab = Labs.start()) {
      for (String source : List.of("wire", "relay")) {
        Capture capture = Visit.to(lab.url()).servers(lab).source(source).run().capture();

        List<SocketReading> client =
            capture.readings().stream()
                .filter(reading -> reading.remote().getPort() == lab.httpsPort())
                .toList();
        assertThat(client).last().extracting(SocketReading::state).isEqualTo("TIME-WAIT");
      }
    }
  }

  @Test
  void autoTakesTheWireWhereItIsPermitted() {
    try (LabServers lab = Labs.start()) {
      Capture capture = Visit.to("lab.test").servers(lab).lookupOnly().run().capture();

      assertThat(capture.source()).startsWith("wire (");
      assertThat(capture.frameCount()).isEqualTo(4);
    }
  }
}
