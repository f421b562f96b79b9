package io.handshakelab.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.Frame;
import io.handshakelab.capture.Tools;
import io.handshakelab.capture.Vantage;
import io.handshakelab.http.HttpMessage;
import io.handshakelab.simulate.SimulationOptions;
import io.handshakelab.simulate.https.HttpsVisit;
import io.handshakelab.simulate.https.TlsChoice;
import io.handshakelab.tls.TlsMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS visits over the virtual network, read by tshark and by us. */
@Timeout(300)
class SimulatedVisitsTest {
  private static final TlsChoice TLS12 = TlsChoice.of("1.2", null, null, false);
  private static final TlsChoice TLS13 = TlsChoice.of("1.3", null, null, false);

  /** One key exchange for each way to protect records; version 4.0 of tshark has no ARIA. */
  private static final Pattern SUITES =
      Pattern.compile("TLS_(ECDHE_RSA|DHE_RSA_WITH_\\w+_CCM|AES|CHACHA20|SM4_GCM)(?!.*ARIA).*");

  @TempDir private Path directory;

  private final List<Capture> captures = new ArrayList<>();

  /** Each with a seed, and so with ports, of its own. */
  private SimulationOptions.Builder options() {
    return SimulationOptions.builder().seed(100 + captures.size());
  }

  private void visit(SimulationOptions.Builder options, TlsChoice choice, boolean resumes) {
    Capture capture = HttpsVisit.make(options.build(), choice, resumes).capture();
    assertThat(capture.warnings()).isEmpty();
    captures.add(capture);
  }

  /** One after the other in one file, so that tshark starts but once. */
  private Path file() {
    Capture.Builder all = Capture.builder("visits");
    long shift = 0;
    for (Capture capture : captures) {
      for (Frame frame : capture.frames()) {
        all.frame(
            frame.timeNanos() + shift,
            frame.linkType(),
            frame.data(),
            frame.originalLength(),
            frame.evidence(),
            null);
      }
      shift += capture.timeNanos(capture.frameCount()) - capture.startNanos() + 1_000_000_000L;
      all.secrets(capture.secrets());
    }
    Path file = directory.resolve("visits.pcapng");
    CaptureFiles.write(all.build(), file, true);
    return file;
  }

  private static List<String> complaints(Path file) {
    return Tools.lines(
        "tshark",
        "-nr",
        file.toString(),
        "-o",
        "ip.check_checksum:TRUE",
        "-o",
        "tcp.check_checksum:TRUE",
        "-o",
        "udp.check_checksum:TRUE",
        "-o",
        "tcp.reassemble_out_of_order:TRUE",
        "-Y",
        "_ws.malformed || _ws.expert.severity >= 0x600000",
        "-T",
        "fields",
        "-e",
        "frame.number",
        "-e",
        "_ws.expert.message");
  }

  /** Which ends of which connections have sent a FIN. */
  private static Set<String> closedEnds(Path file) {
    return new HashSet<>(
        Tools.lines(
            "tshark",
            "-nr",
            file.toString(),
            "-Y",
            "tcp.flags.fin == 1",
            "-T",
            "fields",
            "-e",
            "tcp.stream",
            "-e",
            "tcp.srcport"));
  }

  private static Comparison compared(Path file, int visits) throws Exception {
    Comparison comparison = Comparison.of(file, null);
    assertThat(comparison.ours().tls().messages())
        .allMatch(message -> !message.encrypted() || message.decrypted())
        .filteredOn(message -> message.type().equals("Finished"))
        .hasSize(2 * visits)
        .extracting(TlsMessage::summary)
        .allMatch(summary -> summary.endsWith("verify_data checked: correct"));
    assertThat(comparison.ours().http())
        .extracting(HttpMessage::line)
        .filteredOn(line -> line.startsWith("HTTP/1.1 200"))
        .hasSize(visits);
    assertThat(closedEnds(file)).hasSize(2 * comparison.ours().tcp().connections().size());
    return comparison;
  }

  @Test
  void tsharkOpensAVisitWithoutAComplaintAndSeesWhatWeSee() throws Exception {
    for (Vantage vantage : Vantage.values()) {
      visit(options().vantage(vantage), TLS12, false);
      visit(options().vantage(vantage), TLS13, false);
    }
    visit(options(), TLS12, true);
    visit(options(), TlsChoice.of("1.2", null, null, true), false);
    visit(options(), TlsChoice.of("1.3", null, "secp384r1", true), false);
    visit(options(), TlsChoice.of("1.3", null, "X25519MLKEM768", false), false);
    Path file = file();
    Comparison comparison = compared(file, 13);
    assertThat(complaints(file)).isEmpty();
    assertThat(KnownDifferences.load().unexplained(getClass(), comparison.differences())).isEmpty();
    assertThat(comparison.plaintextDifferences()).isEmpty();
    List<String> codes =
        Tools.lines(
            "tshark",
            "-nr",
            file.toString(),
            "-Y",
            "http.response or dns.flags.response == 1",
            "-T",
            "fields",
            "-e",
            "http.response.code",
            "-e",
            "dns.a");
    assertThat(codes).filteredOn("302\t"::equals).hasSize(12);
    assertThat(codes).filteredOn("200\t"::equals).hasSize(13);
    assertThat(codes).filteredOn("\t198.51.100.20"::equals).hasSize(10);
  }

  @Test
  void tsharkReadsAVisitOverABadLineAsWeDo() throws Exception {
    for (int seed = 1; seed <= 8; seed++) {
      SimulationOptions.Builder bad =
          options().loss(0.1).reorder(0.1).duplicate(0.05).jitterNanos(5_000_000);
      visit(bad.vantage(Vantage.values()[seed % 4]), seed % 2 == 0 ? TLS12 : TLS13, false);
    }
    Path file = file();
    Comparison comparison = compared(file, 8);
    assertThat(complaints(file)).noneMatch(line -> line.contains("alformed"));
    assertThat(KnownDifferences.load().unexplained(getClass(), comparison.differences())).isEmpty();
  }

  @Test
  void everyWayToProtectRecordsIsDecryptedByTsharkAndByUs() throws Exception {
    for (String suite : TlsChoice.suiteNames()) {
      if (SUITES.matcher(suite).matches()) {
        visit(options(), TlsChoice.of(null, suite, null, false), false);
      }
    }
    assertThat(captures).hasSizeGreaterThan(20);
    Path file = file();
    Comparison comparison = compared(file, captures.size());
    assertThat(KnownDifferences.load().unexplained(getClass(), comparison.differences())).isEmpty();
    assertThat(comparison.plaintextDifferences()).isEmpty();
  }
}
