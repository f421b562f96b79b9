package io.handshakelab.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.Secrets;
import io.handshakelab.tcp.Connection;
import io.handshakelab.tls.TlsMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real conversations, damaged as on real lines, and then read by tshark and by us. They are always
 * the same ones, so that the same seed does the same damage: {@code openssl s_client} said lines of
 * up to 7,000 octets to {@code s_server -rev}, under TLS 1.2 and 1.3, in small records and with key
 * updates.
 */
@Timeout(300)
class HardCapturesTest {
  private static final String OPENED = " (opened)";
  private static final int ETHERNET = 1;
  private static final int COOKED = 113;
  private static final int ALL = 262_144;

  private static Capture capture;
  private static Path keyLog;
  private final List<Difference> differences = new ArrayList<>();

  @BeforeAll
  static void read() throws Exception {
    capture = CaptureFiles.read(resource("openssl.pcap.gz"));
    keyLog = resource("openssl-keys.txt");
  }

  private static Path resource(String name) throws Exception {
    return Path.of(
        Objects.requireNonNull(HardCapturesTest.class.getResource("/captures/tls/" + name))
            .toURI());
  }

  private static Mangler mangler(long seed) {
    return new Mangler(capture, seed).segments(1400);
  }

  private static Path write(String name, Mangler mangler, int linkType) throws Exception {
    return mangler.write(Path.of("target", "recorded", name + ".pcap"), linkType, ALL);
  }

  private void compare(String name, Mangler mangler, int linkType) throws Exception {
    Comparison comparison = Comparison.of(write(name, mangler, linkType), keyLog);
    assertThat(comparison.messages()).isGreaterThan(200);
    differences.addAll(comparison.differences());
    differences.addAll(comparison.plaintextDifferences());
  }

  @Test
  void allIsAsTsharkReadsIt() throws Exception {
    compare("overlaps", mangler(1).overlaps(0.3).vlanTags(), ETHERNET);
    compare("swaps", mangler(2).swaps(0.3), ETHERNET);
    compare("duplicates", mangler(3).duplicates(0.05).fragments(504).cooked(), COOKED);
    compare("all", mangler(4).overlaps(0.2).duplicates(0.05).swaps(0.2), ETHERNET);
    assertThat(KnownDifferences.load().unexplained(getClass(), differences)).isEmpty();
  }

  /** tshark loses its way where an answer stands before what it answers; see the differences. */
  @ParameterizedTest
  @ValueSource(longs = {5, 6, 7, 8, 9, 10})
  void nothingIsLostWhereAnswersComeBeforeQuestions(long seed) throws Exception {
    List<String> whole = said(write("plain", mangler(0), ETHERNET));
    Mangler mangler = mangler(seed).overlaps(0.1).duplicates(0.05).reorders(0.1);
    assertThat(whole.size()).isGreaterThan(200);
    List<String> damaged = said(write("reorders", mangler, ETHERNET));
    assertThat(without(damaged, whole)).isEmpty();
    assertThat(without(whole, damaged)).isEmpty();
  }

  /** What is lost may be missing or marked, but nothing is made up. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void behindGapsNothingIsMadeUp(long seed) throws Exception {
    List<String> whole = said(write("plain", mangler(0), ETHERNET));
    Mangler mangler = mangler(seed).duplicates(0.02).losses(0.02);
    int snap = seed % 2 == 0 ? 900 : ALL;
    Path file = Path.of("target", "recorded", "losses.pcap");
    List<String> opened = said(mangler.write(file, ETHERNET, snap));
    opened.removeIf(text -> !text.contains(" ApplicationData ") || !text.endsWith(OPENED));
    assertThat(opened.size()).isGreaterThan(20);
    assertThat(without(opened, whole)).isEmpty();
  }

  private static List<String> without(List<String> some, List<String> others) {
    List<String> left = new ArrayList<>(some);
    others.forEach(left::remove);
    return left.stream().map(text -> text.substring(0, Math.min(300, text.length()))).toList();
  }

  /** The messages of each end of each connection, told apart by its client's port. */
  private static List<String> said(Path file) throws Exception {
    String keys = Files.readString(keyLog);
    Analysis analysis = Analysis.of(CaptureFiles.read(file).withSecrets(Secrets.ofKeyLog(keys)));
    List<String> all = new ArrayList<>();
    for (TlsMessage m : analysis.tls().messages()) {
      Connection connection = analysis.tcp().connections().get(m.connection());
      all.add(
          connection.client()
              + String.format(" %s %06d ", m.sender(), m.offset())
              + m.type()
              + " "
              + m.bytes().hex()
              + " "
              + m.summary()
              + (m.decrypted() ? OPENED : ""));
    }
    all.sort(Comparator.naturalOrder());
    return all;
  }
}
