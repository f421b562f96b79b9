package io.handshakelab.tls.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.Secrets;
import io.handshakelab.capture.Tools;
import io.handshakelab.tcp.StreamView;
import io.handshakelab.tcp.TcpAnalysis;
import io.handshakelab.tls.TlsAnalysis;
import io.handshakelab.tls.protection.CraftedTalk.Extra;
import io.handshakelab.tls.registry.CipherSuite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ciphers that no program here speaks any more, sealed by the book with Bouncy Castle's ciphers.
 * That the book was understood shows where tshark opens the same file.
 */
class RareCiphersTest {
  @TempDir static Path directory;

  private static final List<CraftedTalk> TALKS = new ArrayList<>();
  private static Path file;
  private static Path keyLogFile;
  private static TlsAnalysis tls;

  @BeforeAll
  static void craft() throws Exception {
    // RC4_40, RC2_40, IDEA, DES40, DES, the 56 bit grades, SEED, Camellia.
    for (int suite :
        new int[] {0x03, 0x06, 0x07, 0x08, 0x09, 0x60, 0x61, 0x62, 0x64, 0x96, 0x41, 0x84}) {
      for (int version = 0x0300; version <= 0x0303; version++) {
        boolean exportable = SuiteParameters.of(new CipherSuite(suite)).orElseThrow().exportable();
        if (!exportable || version <= 0x0301) {
          add(version, suite, Extra.NONE);
        }
      }
    }
    add(0x0302, 0x96, Extra.MAC_OUTSIDE);
    add(0x0301, 0x07, Extra.MAC_OUTSIDE);
    // Camellia, ARIA, AES-CCM_8.
    for (int suite : new int[] {0xba, 0xc0, 0xc073, 0xc07a, 0xc07b, 0xc0a0, 0xc03c, 0xc03d}) {
      add(0x0303, suite, Extra.NONE);
    }
    for (int suite : new int[] {0xc050, 0xc051, 0xc03c}) {
      add(0x0303, suite, Extra.MAC_OUTSIDE);
    }
    add(0x0303, 0x2f, Extra.SHORT_MAC);
    add(0x0301, 0x2f, Extra.SHORT_MAC);
    // DEFLATE behind a stream, chained and unchained blocks, and AEAD.
    add(0x0300, 0x05, Extra.DEFLATE);
    add(0x0301, 0x2f, Extra.DEFLATE);
    add(0x0302, 0x35, Extra.DEFLATE);
    add(0x0303, 0x9c, Extra.DEFLATE);
    // SM4 (RFC 8998) and AES-CCM.
    for (int suite : new int[] {0x00c6, 0x00c7, 0x1304, 0x1305}) {
      add(0x0304, suite, Extra.NONE);
    }
    Capture.Builder capture = Capture.builder("rare");
    StringBuilder keyLog = new StringBuilder();
    for (CraftedTalk talk : TALKS) {
      talk.addTo(capture, keyLog);
    }
    Capture made = capture.secrets(Secrets.ofKeyLog(keyLog.toString())).build();
    file = directory.resolve("rare.pcap");
    keyLogFile = directory.resolve("keys.txt");
    CaptureFiles.write(made, file, false);
    Files.writeString(keyLogFile, keyLog);
    tls = TlsAnalysis.of(TcpAnalysis.of(made));
  }

  private static void add(int version, int suite, CraftedTalk.Extra extra) {
    TALKS.add(new CraftedTalk(TALKS.size(), version, suite, extra));
  }

  @Test
  void allOfThemAreOpenedAndTheirFinishedChecked() {
    assertThat(tls.warnings()).isEmpty();
    assertThat(tls.messages())
        .allMatch(m -> !m.encrypted() || m.decrypted())
        .filteredOn(m -> m.type().equals("Finished"))
        .hasSize(2 * TALKS.size())
        .allMatch(m -> m.summary().endsWith(", verify_data checked: correct"));
    Map<Integer, String> opened = new TreeMap<>();
    for (StreamView view : tls.plaintext()) {
      opened.merge(view.connection(), view.bytes().latin1(), String::concat);
    }
    for (CraftedTalk talk : TALKS) {
      assertThat(opened.get(talk.number()))
          .as(talk.name())
          .isEqualTo(talk.fromClient() + talk.fromServer());
    }
  }

  @Test
  void secretsOfLaterKeyUpdatesAloneOpenWhatIsUnderThem() throws Exception {
    String later = Files.readString(keyLogFile).replace("_TRAFFIC_SECRET_0", "_TRAFFIC_SECRET_3");
    Capture bare = CaptureFiles.read(file).withSecrets(Secrets.ofKeyLog(later));
    TlsAnalysis opened = TlsAnalysis.of(TcpAnalysis.of(bare));
    assertThat(opened.plaintext()).hasSameSizeAs(tls.plaintext());
  }

  @Test
  void tsharkOpensThemTooAsFarAsItHasTheirCiphers() {
    List<String> command =
        new ArrayList<>(
            List.of("tshark", "-r", file.toString(), "-o", "tls.keylog_file:" + keyLogFile));
    command.addAll(List.of("-Y", "http", "-T", "fields", "-e", "tcp.stream"));
    command.addAll(List.of("-e", "http.request.uri", "-e", "http.response.code"));
    Map<Integer, String> theirs = new TreeMap<>();
    for (String line : Tools.lines(command.toArray(String[]::new))) {
      String[] f = line.split("\t", -1);
      theirs.merge(Integer.valueOf(f[0]), f[1] + f[2], String::concat);
    }
    List<String> closed = new ArrayList<>();
    for (CraftedTalk talk : TALKS) {
      String found = theirs.get(talk.number());
      if (found == null) {
        closed.add(talk.name());
      } else {
        assertThat(found).as(talk.name()).isEqualTo("/" + talk.number() + "200");
      }
    }
    assertThat(closed)
        .as(
            "tshark 4.0 has neither ARIA nor SM4-CCM, neither RC2 nor DES of EXPORT1024, no short"
                + " MAC")
        .hasSize(12)
        .allMatch(name -> name.matches(".*(EXPORT1024_WITH_(RC2|DES)|ARIA|SM4_CCM|SHORT_MAC).*"));
  }
}
