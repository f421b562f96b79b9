package io.handshakelab.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.Secrets;
import io.handshakelab.capture.Tools;
import io.handshakelab.tcp.Gap;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.StreamView;
import io.handshakelab.tcp.TcpAnalysis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real conversations of OpenSSL, compared with what tshark reads from the same file. */
class OpensslConversationTest {
  private static final List<String> TLS12_SUITES =
      List.of(
          "ECDHE-RSA-AES256-GCM-SHA384",
          "ECDHE-RSA-CHACHA20-POLY1305",
          "DHE-RSA-AES128-GCM-SHA256",
          "DHE-RSA-AES256-CCM8",
          "AES128-CCM",
          "AES128-GCM-SHA256",
          "ECDHE-RSA-AES256-SHA384",
          "AES128-SHA256",
          "AES256-SHA",
          "NULL-SHA256",
          "ADH-AES128-GCM-SHA256",
          "AECDH-AES128-SHA");
  private static final List<String> TLS13_SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_AES_128_CCM_SHA256",
          "TLS_AES_128_CCM_8_SHA256");

  @TempDir static Path directory;

  private static Path file;
  private static Path keyLog;
  private static List<Integer> ports;
  private static Capture capture;
  private static TlsAnalysis tls;

  @BeforeAll
  static void talk() throws Exception {
    try (OpensslTalks talks = new OpensslTalks(directory, 40)) {
      file = talks.capture();
      keyLog = talks.keyLog();
      suites(talks);
      peculiarities(talks);
      resumptions(talks);
      ports = talks.ports();
    }
    capture = CaptureFiles.read(file);
    tls = TlsAnalysis.of(TcpAnalysis.of(withKeys(Files.readString(keyLog))));
  }

  private static void suites(OpensslTalks talks) throws Exception {
    for (String suite : TLS12_SUITES) {
      List<String> weak = List.of("-tls1_2", "-cipher", suite + ":@SECLEVEL=0");
      talks.talk(weak, weak);
    }
    for (String suite : TLS13_SUITES) {
      talks.talk(List.of("-ciphersuites", suite), List.of("-tls1_3", "-ciphersuites", suite));
    }
    List<String> ec =
        List.of("-cert", talks.file("ec.crt") + "", "-key", talks.file("ec.key") + "");
    talks.talk(
        plus(ec, "-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-CCM8"), List.of("-curves", "P-521"));
    for (String version : List.of("-tls1", "-tls1_1")) {
      List<String> old = List.of(version, "-cipher", "ALL:@SECLEVEL=0");
      talks.talk(old, old);
    }
    List<String> psk = List.of("-psk", "c0ffee", "-tls1_2", "-cipher");
    talks.talk(
        plus(plus(psk, "DHE-PSK-AES128-CBC-SHA256"), "-nocert", "-psk_hint", "guess"),
        plus(psk, "DHE-PSK-AES128-CBC-SHA256"));
    talks.talk(plus(psk, "RSA-PSK-AES128-GCM-SHA256"), plus(psk, "RSA-PSK-AES128-GCM-SHA256"));
  }

  private static void peculiarities(OpensslTalks talks) throws Exception {
    List<String> ec =
        List.of("-cert", talks.file("ec.crt") + "", "-key", talks.file("ec.key") + "");
    talks.talk(List.of("-tls1_2", "-verify", "1"), ec);
    talks.talk(List.of("-tls1_3", "-verify", "1"), ec);
    talks.talk(List.of("-tls1_3", "-groups", "P-384"), List.of("-groups", "X25519:P-384"));
    talks.talk(
        List.of("-tls1_2", "-max_send_frag", "512"),
        List.of("-max_send_frag", "512", "-servername", "www.lab.test", "-alpn", "http/1.1"));
    talks.talk(List.of("-tls1_3"), List.of(), "K\n", "GET / HTTP/1.0\r\n\r\n");
    talks.talk(
        List.of("-tls1_2", "-client_renegotiation"), List.of(), "R\n", "GET / HTTP/1.0\r\n\r\n");
    talks.talk(List.of("-tls1_3"), List.of("-tls1_2"));
    talks.talk(List.of("-tls1_2", "-no_etm", "-cipher", "AES128-SHA"), List.of());
  }

  private static void resumptions(OpensslTalks talks) throws Exception {
    for (List<String> kind :
        List.of(List.of("-tls1_2"), List.of("-tls1_2", "-no_ticket"), List.of("-tls1_3"))) {
      String session = talks.file("session-" + kind.hashCode()).toString();
      try (OpensslTalks.Server server = talks.server(kind.toArray(String[]::new))) {
        server.client(List.of("-sess_out", session), "GET / HTTP/1.0\r\n\r\n");
        server.client(List.of("-sess_in", session), "GET / HTTP/1.0\r\n\r\n");
      }
    }
    String early = talks.file("early").toString();
    Path data = Files.writeString(talks.file("early.txt"), "early bird");
    try (OpensslTalks.Server server = talks.server("-tls1_3", "-early_data")) {
      server.client(List.of("-sess_out", early), "hello\n", "Q\n");
      server.client(List.of("-sess_in", early, "-early_data", data + ""), "hello\n", "Q\n");
    }
  }

  @Test
  void whatIsDecryptedBeyondTheLimitIsCountedAndSaidToBeMissing() throws IOException {
    TcpAnalysis tcp = TcpAnalysis.of(withKeys(Files.readString(keyLog)));
    TlsAnalysis limited = TlsAnalysis.of(tcp, new PlaintextLimit(600, 5000));
    assertThat(limited.messages())
        .extracting(m -> m.frame() + m.type() + m.length() + m.decrypted())
        .isEqualTo(
            tls.messages().stream()
                .map(m -> m.frame() + m.type() + m.length() + m.decrypted())
                .toList());
    long kept = limited.plaintext().stream().mapToLong(v -> v.bytes().length()).sum();
    assertThat(kept).isBetween(1L, 5000L);
    assertThat(limited.plaintext()).anyMatch(v -> v.gap() == Gap.LIMIT);
    assertThat(limited.messages()).anyMatch(m -> m.summary().contains(", not kept: "));
    assertThat(limited.warnings()).anyMatch(w -> w.contains("bytes of decrypted data were not"));
    assertThat(tls.messages()).noneMatch(m -> m.summary().contains("not kept"));
  }

  @Test
  void handshakeMessagesAndAlertsAreThoseThatTsharkReads() {
    Map<Integer, List<String>> theirs = new TreeMap<>();
    List<String> command = tshark("-Y", "tls", "-T", "fields", "-E", "occurrence=a");
    for (String field :
        List.of(
            "frame.number",
            "tcp.stream",
            "tls.handshake.type",
            "tls.handshake.length",
            "tls.alert_message.desc",
            "tcp.seq",
            "tcp.ack")) {
      command.addAll(List.of("-e", field));
    }
    for (String line : Tools.lines(command.toArray(String[]::new))) {
      String[] f = line.split("\t", -1);
      if (!f[2].isEmpty() || !f[4].isEmpty()) {
        theirs.put(Integer.valueOf(f[0]), List.of("stream " + f[1], f[2] + " of " + f[3], f[4]));
      }
    }
    Map<Integer, List<String>> ours = new TreeMap<>();
    Map<Integer, List<TlsMessage>> frames = new TreeMap<>();
    for (TlsMessage m : tls.messages()) {
      frames.computeIfAbsent(m.frame(), f -> new ArrayList<>()).add(m);
    }
    frames.forEach(
        (frame, all) -> {
          List<String> types = new ArrayList<>();
          List<String> lengths = new ArrayList<>();
          List<String> alerts = new ArrayList<>();
          for (TlsMessage m : all) {
            if (m.type().equals("Alert")) {
              alerts.add(String.valueOf(m.bytes().u8(1)));
            } else if (!m.type().equals("ApplicationData")
                && !m.type().equals("ChangeCipherSpec")) {
              types.add(String.valueOf(m.bytes().u8(0)));
              lengths.add(String.valueOf(m.length()));
            }
          }
          if (!types.isEmpty() || !alerts.isEmpty()) {
            ours.put(
                frame,
                List.of(
                    "stream " + all.get(0).connection(),
                    String.join(",", types) + " of " + String.join(",", lengths),
                    String.join(",", alerts)));
          }
        });
    assertThat(theirs.size()).isGreaterThan(150);
    assertThat(ours).isEqualTo(theirs);
  }

  @Test
  void applicationDataIsWhatTsharkDecrypts() {
    List<String> command = tshark("-q");
    List<StreamView> views = tls.plaintext();
    assertThat(views).hasSizeGreaterThan(60);
    for (int connection = 0; connection <= last(); connection++) {
      command.addAll(List.of("-z", "follow,tls,raw," + connection));
    }
    String[] parts = Tools.run(command.toArray(String[]::new)).split("=+\nFollow: tls,raw\n", -1);
    assertThat(parts).hasSize(last() + 2);
    int compared = 0;
    for (int i = 1; i < parts.length; i++) {
      int connection =
          Integer.parseInt(parts[i].replaceFirst("(?s).*?tcp\\.stream eq (\\d+).*", "$1"));
      StringBuilder all = new StringBuilder();
      parts[i]
          .lines()
          .skip(3)
          .filter(l -> l.matches("\t?[0-9a-f]*"))
          .forEach(l -> all.append(l.strip()));
      StringBuilder ours = new StringBuilder();
      for (TlsMessage m : tls.messages()) {
        if (m.connection() == connection && m.type().equals("ApplicationData")) {
          ours.append(m.bytes().hex());
        }
      }
      assertThat(ours.toString()).as("connection %d", connection).isEqualTo(all.toString());
      compared += ours.length();
    }
    assertThat(compared).isGreaterThan(100_000);
  }

  @Test
  void plaintextIsTheDataOfTheMessagesWithTheirFrames() {
    for (StreamView view : tls.plaintext()) {
      int at = 0;
      for (TlsMessage m : tls.messages()) {
        if (m.connection() == view.connection()
            && m.sender() == view.sender()
            && m.type().equals("ApplicationData")
            && m.length() > 0) {
          assertThat(view.bytes().slice(at, at + m.length())).isEqualTo(m.bytes());
          assertThat(view.frameAt(at)).isEqualTo(m.frame());
          assertThat(view.readyFrameAt(at + m.length() - 1)).isEqualTo(m.frame());
          assertThat(view.timeNanosAt(at)).isEqualTo(m.timeNanos());
          assertThat(view.seqAt(at)).isEqualTo(m.seq());
          at += m.length();
        }
      }
      assertThat(at).isEqualTo(view.bytes().length());
    }
  }

  @Test
  void everyFinishedIsDecryptedAndCorrect() {
    List<TlsMessage> finished = ofType("Finished");
    assertThat(finished).hasSizeGreaterThan(70);
    for (TlsMessage m : finished) {
      assertThat(m.decrypted()).isEqualTo(m.encrypted());
      assertThat(m.summary()).endsWith("verify_data checked: correct");
    }
    assertThat(ofType("EncryptedHandshake")).isEmpty();
    assertThat(tls.warnings()).isEmpty();
  }

  @Test
  void anAlteredHandshakeMessageMakesFinishedWrong() {
    // One bit of the server's random, which leaves the keys of TLS 1.3 as they are.
    Capture altered = alterServerRandomOf("TLS 1.3");
    List<String> summaries =
        TlsAnalysis.of(TcpAnalysis.of(altered)).messages().stream()
            .filter(m -> m.type().equals("Finished"))
            .map(TlsMessage::summary)
            .toList();
    assertThat(summaries).anyMatch(s -> s.endsWith("verify_data checked: wrong"));
    assertThat(summaries).anyMatch(s -> s.endsWith("verify_data checked: correct"));
  }

  @Test
  void leavesTileEveryMessageAndOffsetsPointAtRecords() {
    TcpAnalysis tcp = TcpAnalysis.of(capture);
    for (TlsMessage m : tls.messages()) {
      int at = 0;
      for (Field field : tls.fields(m.number())) {
        assertThat(field.offset()).isEqualTo(at);
        assertThat(field.bytes()).isEqualTo(m.bytes().slice(at, at + field.bytes().length()));
        assertThat(field.path()).doesNotContain("malformed");
        at += field.bytes().length();
      }
      assertThat(at).isEqualTo(m.bytes().length());
      Bytes sent = tcp.connections().get(m.connection()).from(m.sender()).bytes();
      assertThat(sent.u8((int) m.offset())).isBetween(20, 23);
      assertThat(sent.u8((int) m.offset() + 1)).isEqualTo(3);
      assertThat(m.summary()).doesNotContain("malformed");
    }
  }

  @Test
  void certificatesAreThoseOfTheServerAndOfTheClient() {
    Bytes rsa = certificate("rsa.crt");
    Bytes ec = certificate("ec.crt");
    assertThat(tls.certificates())
        .filteredOn(c -> c.sender() == Sender.CLIENT)
        .hasSize(2)
        .allMatch(c -> c.der().equals(List.of(ec)));
    assertThat(tls.certificates())
        .filteredOn(c -> c.sender() == Sender.SERVER)
        .hasSizeGreaterThan(25)
        .allMatch(c -> c.der().equals(List.of(rsa)) || c.der().equals(List.of(ec)));
  }

  @Test
  void resumedSessionsAreNoticed() {
    assertThat(ofType("ServerHello"))
        .filteredOn(m -> m.summary().endsWith("resumed session"))
        .hasSize(4);
    assertThat(ofType("HelloRetryRequest")).hasSize(1);
    assertThat(ofType("KeyUpdate")).hasSizeBetween(1, 2);
    assertThat(ofType("EndOfEarlyData")).hasSize(1);
    assertThat(tls.messages()).anyMatch(m -> m.summary().equals("10 bytes of early data"));
  }

  @Test
  void aKeyLogOfOthersOpensNothingAndSaysSo() {
    TlsAnalysis closed =
        TlsAnalysis.of(
            TcpAnalysis.of(withKeys("CLIENT_RANDOM " + "00".repeat(32) + " " + "11".repeat(48))));
    assertThat(closed.warnings())
        .containsExactly("no line of the key log matches any connection in this capture (1 line)");
    assertThat(closed.messages())
        .noneMatch(m -> m.decrypted() && m.connection() != connectionWithoutCipher());
    assertThat(closed.messages()).anyMatch(m -> m.type().equals("EncryptedHandshake"));
  }

  @Test
  void trafficSecretsOpenTheDataEvenIfThoseOfTheHandshakeAreMissing() throws Exception {
    String some =
        Files.readString(keyLog)
            .lines()
            .filter(line -> !line.contains("HANDSHAKE_TRAFFIC_SECRET"))
            .collect(Collectors.joining("\n"));
    TlsAnalysis half = TlsAnalysis.of(TcpAnalysis.of(withKeys(some)));
    assertThat(half.messages())
        .filteredOn(m -> m.version().equals("TLS 1.3") && m.type().equals("EncryptedHandshake"))
        .isNotEmpty();
    assertThat(half.plaintext()).hasSameSizeAs(tls.plaintext());
    for (int i = 0; i < tls.plaintext().size(); i++) {
      assertThat(half.plaintext().get(i).bytes()).isEqualTo(tls.plaintext().get(i).bytes());
    }
  }

  @Test
  void wrongSecretsUnderRightNamesOpenNothing() throws Exception {
    StringBuilder wrong = new StringBuilder();
    for (String line : Files.readString(keyLog).lines().toList()) {
      int at = line.length() - 1;
      wrong.append(line, 0, at).append(line.charAt(at) == '0' ? '1' : '0').append('\n');
    }
    TlsAnalysis closed = TlsAnalysis.of(TcpAnalysis.of(withKeys(wrong.toString())));
    assertThat(closed.messages()).filteredOn(TlsMessage::decrypted).isEmpty();
    assertThat(closed.messages())
        .noneMatch(m -> m.summary().endsWith("verify_data checked: correct"));
    assertThat(closed.warnings())
        .anyMatch(w -> w.contains("has secrets for it, but they do not open it"));
  }

  @Test
  void withoutKeysTheSameRecordsAreThereUnopened() {
    TlsAnalysis closed = TlsAnalysis.of(TcpAnalysis.of(capture));
    assertThat(closed.warnings()).isEmpty();
    assertThat(closed.messages())
        .filteredOn(m -> m.type().equals("Alert") && m.encrypted())
        .filteredOn(m -> m.connection() != connectionWithoutCipher())
        .isNotEmpty()
        .allMatch(m -> m.summary().equals("encrypted alert"));
    assertThat(closed.messages())
        .filteredOn(m -> m.type().equals("Finished"))
        .allMatch(m -> !m.encrypted() || m.connection() == connectionWithoutCipher());
    assertThat(closed.plaintext())
        .extracting(StreamView::connection)
        .containsOnly(connectionWithoutCipher());
  }

  @Test
  void aMasterSecretUnderItsSessionIdOpensAsWell() throws Exception {
    StringBuilder sessions = new StringBuilder();
    Map<String, String> masters = new TreeMap<>();
    for (String line : Files.readString(keyLog).lines().toList()) {
      if (line.startsWith("CLIENT_RANDOM ")) {
        String[] parts = line.split(" ", -1);
        masters.put(parts[1].toLowerCase(Locale.ROOT), parts[2]);
      }
    }
    String random = "";
    for (TlsMessage m : tls.messages()) {
      if (m.type().equals("ClientHello")) {
        random = m.bytes().slice(6, 38).hex();
      } else if (m.type().equals("ServerHello") && masters.containsKey(random)) {
        int length = m.bytes().u8(38);
        if (length > 0 && m.version().equals("TLS 1.2")) {
          String id = m.bytes().slice(39, 39 + length).hex();
          sessions.append("RSA Session-ID:" + id + " Master-Key:" + masters.get(random) + "\n");
        }
      }
    }
    assertThat(sessions).isNotEmpty();
    TlsAnalysis opened = TlsAnalysis.of(TcpAnalysis.of(withKeys(sessions.toString())));
    assertThat(opened.messages())
        .filteredOn(m -> m.type().equals("Finished") && m.decrypted())
        .filteredOn(m -> m.connection() != connectionWithoutCipher())
        .hasSizeGreaterThan(3)
        .allMatch(m -> m.summary().endsWith("verify_data checked: correct"));
  }

  /** NULL-SHA256 can be read without keys. */
  private static int connectionWithoutCipher() {
    return ofType("ServerHello").stream()
        .filter(m -> m.summary().contains("TLS_RSA_WITH_NULL_SHA256"))
        .findFirst()
        .orElseThrow()
        .connection();
  }

  private static Capture alterServerRandomOf(String version) {
    TlsMessage hello =
        ofType("ServerHello").stream().filter(m -> m.version().equals(version)).findFirst().get();
    Bytes random = hello.bytes().slice(6, 38);
    Capture.Builder altered = Capture.builder("altered").secrets(keys());
    for (int i = 1; i <= capture.frameCount(); i++) {
      byte[] data = capture.data(i).toArray();
      for (int at = 0; at + 32 <= data.length; at++) {
        if (Bytes.wrap(data).slice(at, at + 32).equals(random)) {
          data[at] ^= 1;
        }
      }
      altered.frame(
          capture.timeNanos(i),
          capture.linkType(i),
          Bytes.wrap(data),
          capture.originalLength(i),
          capture.evidence(i),
          null);
    }
    return altered.build();
  }

  private static Secrets keys() {
    try {
      return Secrets.ofKeyLog(Files.readString(keyLog));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Capture withKeys(String keys) {
    return capture.withSecrets(Secrets.ofKeyLog(keys));
  }

  private static List<TlsMessage> ofType(String type) {
    return tls.messages().stream().filter(m -> m.type().equals(type)).toList();
  }

  private static int last() {
    return tls.messages().stream().mapToInt(TlsMessage::connection).max().getAsInt();
  }

  private static Bytes certificate(String name) {
    Path der = directory.resolve(name + ".der");
    Tools.run(
        "openssl",
        "x509",
        "-in",
        directory.resolve(name) + "",
        "-outform",
        "DER",
        "-out",
        der + "");
    try {
      return Bytes.wrap(Files.readAllBytes(der));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> tshark(String... arguments) {
    List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString()));
    command.addAll(List.of("-o", "tls.keylog_file:" + keyLog));
    ports.forEach(port -> command.addAll(List.of("-d", "tcp.port==" + port + ",tls")));
    command.addAll(List.of(arguments));
    return command;
  }

  private static List<String> plus(List<String> some, String... more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return all;
  }
}
