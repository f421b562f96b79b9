package io.handshakelab.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.Secrets;
import io.handshakelab.tcp.Segments;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.StreamView;
import io.handshakelab.tcp.TcpAnalysis;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real conversations of OpenSSL from which frames were taken out. */
class GappedConversationTest {
  /** The server says much in small records. */
  private static final Map<String, List<String>> KINDS = kinds();

  @TempDir static Path directory;

  private static Capture capture;

  private static Map<String, List<String>> kinds() {
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    kinds.put("TLS 1.3", List.of("-tls1_3"));
    kinds.put("HelloRetryRequest", List.of("-tls1_3", "-groups", "P-384"));
    kinds.put("GCM", List.of("-tls1_2", "-cipher", "AES128-GCM-SHA256"));
    kinds.put("ChaCha20", List.of("-tls1_2", "-cipher", "ECDHE-RSA-CHACHA20-POLY1305"));
    kinds.put("CBC", List.of("-tls1_2", "-cipher", "AES128-SHA256", "-no_etm"));
    kinds.put("encrypt-then-MAC", List.of("-tls1_2", "-cipher", "AES128-SHA256"));
    kinds.put("chained CBC", List.of("-tls1", "-cipher", "AES128-SHA:@SECLEVEL=0"));
    return kinds;
  }

  @BeforeAll
  static void talk() throws Exception {
    Path file;
    Path keyLog;
    try (OpensslTalks talks = new OpensslTalks(directory, KINDS.size())) {
      file = talks.capture();
      keyLog = talks.keyLog();
      for (List<String> kind : KINDS.values()) {
        List<String> server = new ArrayList<>(kind);
        server.addAll(List.of("-WWW", "-max_send_frag", "512"));
        List<String> client =
            kind.contains("P-384") ? List.of("-tls1_3", "-groups", "X25519:P-384") : kind;
        talks.talk(server, client, "GET /pom.xml HTTP/1.0\r\n\r\n");
      }
    }
    capture = CaptureFiles.read(file).withSecrets(Secrets.ofKeyLog(Files.readString(keyLog)));
  }

  @Test
  void recordsBehindALostSegmentAreFoundAndOpened() {
    int number = 0;
    for (String kind : KINDS.keySet()) {
      List<TlsMessage> whole = of(TlsAnalysis.of(TcpAnalysis.of(capture)), number);
      List<TlsMessage> data = data(whole);
      assertThat(data).as(kind).hasSizeGreaterThan(4).allMatch(TlsMessage::decrypted);
      int lost = data.get(2).frame();
      TlsAnalysis tls = without(frame -> frame == lost);
      List<TlsMessage> gapped = of(tls, number);
      List<TlsMessage> gaps = gapped.stream().filter(m -> m.type().equals("Gap")).toList();
      assertThat(gaps).as(kind).hasSize(1);
      TlsMessage gap = gaps.get(0);
      assertThat(gap.evidence()).isEqualTo(Evidence.INFERRED);
      assertThat(gap.summary()).startsWith(gap.length() + " bytes are missing here (not in the");
      assertThat(gap.offset()).isEqualTo(startOf(lost));
      assertThat(gap.seq()).isEqualTo(startOf(lost) + 1);
      assertThat(gap.length()).isEqualTo(lengthOf(lost));
      List<TlsMessage> later =
          data(gapped).stream().filter(m -> m.offset() > gap.offset()).toList();
      List<TlsMessage> expected =
          data(whole).stream().filter(m -> m.offset() >= gap.offset() + gap.length()).toList();
      assertThat(later).as(kind).hasSameSizeAs(expected).isNotEmpty();
      for (int i = kind.startsWith("chained") ? 1 : 0; i < later.size(); i++) {
        assertThat(later.get(i).summary()).as(kind).isEqualTo(expected.get(i).summary());
        assertThat(later.get(i).bytes()).as(kind).isEqualTo(expected.get(i).bytes());
        assertThat(later.get(i).offset()).as(kind).isEqualTo(expected.get(i).offset());
        assertThat(later.get(i).seq()).as(kind).isEqualTo(expected.get(i).seq());
      }
      assertThat(gapped).filteredOn(m -> m.type().equals("Alert")).allMatch(TlsMessage::decrypted);
      assertThat(finished(gapped)).as(kind).isEqualTo(finished(whole));
      int conn = number;
      assertThat(tls.warnings()).anyMatch(w -> w.startsWith("connection " + conn + ", server: "));
      StreamView plain =
          tls.plaintext().stream()
              .filter(v -> v.connection() == conn && v.sender() == Sender.SERVER)
              .findFirst()
              .orElseThrow();
      assertThat(plain.cutOff()).isTrue();
      StreamView behind = Objects.requireNonNull(plain.afterGap());
      assertThat(behind.bytes().latin1()).endsWith("</project>\n");
      number++;
    }
  }

  @Test
  void aHandshakeWithAHoleClaimsNothingOfItsFinished() {
    for (int number = 0; number < KINDS.size(); number++) {
      List<TlsMessage> whole = of(TlsAnalysis.of(TcpAnalysis.of(capture)), number);
      for (TlsMessage message : whole) {
        if (message.type().equals("ApplicationData")) {
          break;
        }
        int lost = message.frame();
        List<TlsMessage> gapped = of(without(frame -> frame == lost), number);
        assertThat(gapped)
            .as("%d without the frame of %s", number, message)
            .noneMatch(m -> m.summary().contains("wrong"))
            .noneMatch(m -> m.summary().contains("malformed: content type"));
      }
    }
  }

  @Test
  void whateverIsLostNothingIsMadeUp() {
    Map<String, List<TlsMessage>> whole =
        TlsAnalysis.of(TcpAnalysis.of(capture)).messages().stream()
            .collect(Collectors.groupingBy(GappedConversationTest::place));
    int[] handshakes = frames(0);
    int gaps = 0;
    int opened = 0;
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      double share = 0.02 + 0.4 * random.nextDouble();
      TlsAnalysis tls =
          without(
              frame -> random.nextDouble() < share && Arrays.binarySearch(handshakes, frame) < 0);
      for (TlsMessage row : tls.messages()) {
        if (row.type().equals("Gap")) {
          gaps++;
          continue;
        }
        if ((row.encrypted() && !row.decrypted())
            || row.summary().startsWith("malformed: cut off")
            || row.summary().startsWith("a part of a message")) {
          continue;
        }
        List<TlsMessage> same = whole.getOrDefault(place(row), List.of());
        if (same.stream().noneMatch(m -> isSame(m, row))) {
          throw new AssertionError("with seed " + seed + ": " + row + " is made up");
        }
        assertThat(row.summary()).doesNotContain("wrong");
        opened += row.decrypted() ? 1 : 0;
      }
    }
    assertThat(gaps).isGreaterThan(200);
    assertThat(opened).isGreaterThan(200);
  }

  private static boolean isSame(TlsMessage one, TlsMessage other) {
    return one.type().equals(other.type()) && one.bytes().equals(other.bytes());
  }

  /** SYN, SYN,ACK and the like: without them the numbers of connections change. */
  private static int[] frames(int length) {
    Segments segments = TcpAnalysis.of(capture).segments();
    return IntStream.range(0, segments.size())
        .filter(i -> segments.length(i) == length)
        .map(segments::frame)
        .toArray();
  }

  private static String place(TlsMessage m) {
    return m.connection() + " " + m.sender() + " " + m.offset();
  }

  @Test
  void aCaptureThatBeginsInTheMiddleIsReadFromTheNextRecordOn() {
    for (int number = 0; number < KINDS.size(); number++) {
      int conn = number;
      int from = data(of(TlsAnalysis.of(TcpAnalysis.of(capture)), number)).get(1).frame();
      TlsAnalysis tls = without(frame -> frame < from || connectionOf(frame) != conn);
      assertThat(tls.isTls(0)).isTrue();
      assertThat(tls.messages())
          .filteredOn(m -> m.type().equals("ApplicationData"))
          .hasSizeGreaterThan(2)
          .noneMatch(TlsMessage::decrypted);
      assertThat(tls.messages()).noneMatch(m -> m.summary().contains("malformed"));
    }
  }

  @Test
  void aCaptureThatBeginsWithinARecordSaysWhatIsSkipped() {
    int from = data(of(TlsAnalysis.of(TcpAnalysis.of(capture)), 0)).get(1).frame();
    Capture.Builder rest = Capture.builder("begun before");
    for (int i = from; connectionOf(i) == 0; i++) {
      byte[] data = capture.data(i).toArray();
      rest.frame(
          capture.timeNanos(i),
          capture.linkType(i),
          Bytes.wrap(i == from ? withoutFirst100(data) : data),
          i == from ? data.length - 100 : capture.originalLength(i),
          capture.evidence(i),
          null);
    }
    TlsAnalysis tls = TlsAnalysis.of(TcpAnalysis.of(rest.build()));
    assertThat(tls.messages().get(0).type()).isEqualTo("Gap");
    assertThat(tls.messages().get(0).summary())
        .isEqualTo(
            "begun before the capture: "
                + (lengthOf(from) - 100)
                + " bytes up to the first record are skipped");
    assertThat(tls.messages())
        .filteredOn(m -> m.type().equals("ApplicationData"))
        .hasSizeGreaterThan(2);
  }

  /** An Ethernet frame with IPv4, which carries 100 octets less, and with a later number. */
  private static byte[] withoutFirst100(byte[] frame) {
    int tcp = 14 + 4 * (frame[14] & 15);
    int data = tcp + 4 * ((frame[tcp + 12] >> 4) & 15);
    byte[] rest = new byte[frame.length - 100];
    System.arraycopy(frame, 0, rest, 0, data);
    System.arraycopy(frame, data + 100, rest, data, frame.length - data - 100);
    int length = rest.length - 14;
    rest[16] = (byte) (length >> 8);
    rest[17] = (byte) length;
    ByteBuffer numbers = ByteBuffer.wrap(rest);
    numbers.putInt(tcp + 4, numbers.getInt(tcp + 4) + 100);
    return rest;
  }

  private static int connectionOf(int frame) {
    Segments segments = TcpAnalysis.of(capture).segments();
    for (int i = 0; i < segments.size(); i++) {
      if (segments.frame(i) == frame) {
        return segments.connection(i);
      }
    }
    return -1;
  }

  private static long startOf(int frame) {
    Segments segments = TcpAnalysis.of(capture).segments();
    for (int i = 0; i < segments.size(); i++) {
      if (segments.frame(i) == frame) {
        return segments.seq(i) - 1;
      }
    }
    throw new AssertionError(frame);
  }

  private static int lengthOf(int frame) {
    Segments segments = TcpAnalysis.of(capture).segments();
    for (int i = 0; i < segments.size(); i++) {
      if (segments.frame(i) == frame) {
        return segments.length(i);
      }
    }
    throw new AssertionError(frame);
  }

  /** As where packets of one way take another road: the types stay what they are. */
  @Test
  void oneSideAloneIsReadAsFarAsItCanBeToldWithoutTheOther() {
    BitSet servers = new BitSet();
    Segments segments = TcpAnalysis.of(capture).segments();
    for (int i = 0; i < segments.size(); i++) {
      servers.set(segments.frame(i), segments.sender(i) == Sender.SERVER);
    }
    TlsAnalysis both = without(Secrets.NONE, frame -> false);
    TlsAnalysis clients = without(Secrets.NONE, servers::get);
    for (int number = 0; number < KINDS.size(); number++) {
      List<TlsMessage> whole = ofClient(of(both, number));
      List<TlsMessage> alone = of(clients, number);
      assertThat(alone).hasSameSizeAs(whole).noneMatch(m -> m.summary().contains("malformed"));
      assertThat(alone).noneMatch(m -> m.summary().contains("out of order"));
      boolean tls13 = whole.get(0).summary().startsWith("TLS 1.3");
      for (int i = 0; i < alone.size(); i++) {
        assertThat(alone.get(i).encrypted()).isEqualTo(whole.get(i).encrypted());
        assertThat(alone.get(i).bytes()).isEqualTo(whole.get(i).bytes());
        // Without the ServerHello nobody knows that data are TLS 1.3's.
        if (!tls13) {
          assertThat(alone.get(i).type()).isEqualTo(whole.get(i).type());
        }
      }
    }
  }

  private static List<TlsMessage> ofClient(List<TlsMessage> messages) {
    return messages.stream().filter(m -> m.sender() == Sender.CLIENT).toList();
  }

  private static List<String> finished(List<TlsMessage> messages) {
    return messages.stream()
        .filter(m -> m.type().equals("Finished"))
        .map(TlsMessage::summary)
        .toList();
  }

  private static List<TlsMessage> of(TlsAnalysis tls, int connection) {
    return tls.messages().stream().filter(m -> m.connection() == connection).toList();
  }

  private static List<TlsMessage> data(List<TlsMessage> messages) {
    return messages.stream()
        .filter(m -> m.type().equals("ApplicationData") && m.sender() == Sender.SERVER)
        .toList();
  }

  private static TlsAnalysis without(IntPredicate lost) {
    return without(capture.secrets(), lost);
  }

  private static TlsAnalysis without(Secrets secrets, IntPredicate lost) {
    Capture.Builder rest = Capture.builder("with holes").secrets(secrets);
    for (int i = 1; i <= capture.frameCount(); i++) {
      if (!lost.test(i)) {
        rest.frame(
            capture.timeNanos(i),
            capture.linkType(i),
            Bytes.of(capture.data(i).toArray()),
            capture.originalLength(i),
            capture.evidence(i),
            null);
      }
    }
    return TlsAnalysis.of(TcpAnalysis.of(rest.build()));
  }
}
