package io.handshakelab.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.HandshakeLab;
import io.handshakelab.analysis.Analysis;
import io.handshakelab.analysis.HandshakeSignatures;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.Secrets;
import io.handshakelab.capture.SecretsFile;
import io.handshakelab.capture.Tools;
import io.handshakelab.cli.Main;
import io.handshakelab.tcp.StreamView;
import io.handshakelab.tcp.TcpAnalysis;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the JDK speaks when it is allowed everything: SSL 3.0 to TLS 1.2, down to export grades. */
class JsseSuitesTest {
  @TempDir static Path directory;

  private static Capture capture;
  private static TlsAnalysis tls;

  @BeforeAll
  static void talk() throws Exception {
    certificate("rsa", "rsa:2048");
    certificate("ec", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
    Path file = directory.resolve("jsse.pcapng");
    Tools.run(
        java(),
        "-XX:TieredStopAtLevel=1",
        "--add-opens=java.base/sun.security.ssl=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        JsseTalks.class.getName(),
        directory.toString(),
        file.toString());
    capture = CaptureFiles.read(file);
    tls = TlsAnalysis.of(TcpAnalysis.of(capture));
  }

  @Test
  void signaturesAfterAHelloOfSsl2Hold() {
    Analysis analysis = Analysis.of(capture);
    int last = analysis.tcp().connectionCount() - 1;
    for (String type : List.of("ServerKeyExchange", "CertificateVerify")) {
      List<HandshakeSignatures.Opened> behind =
          HandshakeSignatures.of(analysis, type).stream()
              .filter(opened -> opened.message().connection() == last)
              .toList();
      assertThat(behind).as(type).hasSize(1);
      assertThat(behind.get(0).walk().valid()).as(behind.get(0).walk().script()).isTrue();
    }
  }

  @Test
  void everySuiteOfEveryVersionIsOpened() {
    assertThat(tls.warnings()).isEmpty();
    assertThat(tls.messages()).noneMatch(m -> m.encrypted() && !m.decrypted());
    List<String> opened = new ArrayList<>();
    for (StreamView view : tls.plaintext()) {
      opened.add(view.bytes().latin1());
    }
    List<String> agreed = agreed();
    assertThat(opened).hasSize(2 * agreed.size());
    for (int i = 0; i < agreed.size(); i++) {
      String hello = "from client: " + agreed.get(i);
      assertThat(opened.get(2 * i)).isEqualTo(hello + "goodbye");
      assertThat(opened.get(2 * i + 1)).isEqualTo("from server: " + hello.repeat(30));
    }
    Set<String> ciphers = new TreeSet<>();
    agreed.forEach(a -> ciphers.add(a.replaceFirst(".*_WITH_", "")));
    assertThat(ciphers)
        .contains(
            "RC4_40_MD5 in SSLv3",
            "RC4_128_SHA in SSLv2Hello,SSLv3",
            "AES_128_CBC_SHA in SSLv2Hello,TLSv1",
            "RC4_40_MD5 in TLSv1",
            "DES40_CBC_SHA in SSLv3",
            "DES40_CBC_SHA in TLSv1",
            "DES_CBC_SHA in TLSv1.1",
            "RC4_128_MD5 in SSLv3",
            "RC4_128_SHA in TLSv1.2",
            "3DES_EDE_CBC_SHA in SSLv3",
            "AES_256_CBC_SHA in SSLv3",
            "AES_256_CBC_SHA384 in TLSv1.2",
            "NULL_MD5 in SSLv3",
            "CHACHA20_POLY1305_SHA256 in TLSv1.2");
  }

  @Test
  void everyFinishedIsRecomputed() {
    assertThat(finished(tls))
        .hasSize(2 * agreed().size())
        .allMatch(m -> m.summary().endsWith(", verify_data checked: correct"));
  }

  @Test
  void theKeyOfTheCertificateOpensWhatWasEncryptedForItAndNothingElse() throws Exception {
    TlsAnalysis byKey = TlsAnalysis.of(TcpAnalysis.of(withoutSecrets().withSecrets(key("rsa"))));
    Set<Integer> rsa = new TreeSet<>();
    for (TlsMessage m : byKey.messages()) {
      boolean exchange = m.summary().matches(".*TLS_RSA_WITH_(?!NULL).*");
      if (m.type().equals("ServerHello") && exchange) {
        rsa.add(m.connection());
      }
    }
    assertThat(rsa).hasSizeGreaterThan(20);
    Set<Integer> opened = new TreeSet<>();
    for (TlsMessage m : finished(byKey)) {
      if (m.summary().endsWith(", verify_data checked: correct")) {
        opened.add(m.connection());
      }
    }
    assertThat(opened).containsAll(rsa);
    for (StreamView view : byKey.plaintext()) {
      assertThat(view.bytes().latin1()).containsPattern("^from .*_(RSA_WITH|WITH_NULL)_");
    }
    assertThat(byKey.plaintext()).hasSizeLessThan(tls.plaintext().size());
    assertThat(byKey.warnings()).isEmpty();

    Secrets instead = byKey.openedByPrivateKeys();
    assertThat(instead.serverKeys()).isEmpty();
    TlsAnalysis later = TlsAnalysis.of(TcpAnalysis.of(withoutSecrets().withSecrets(instead)));
    assertThat(later.messages()).isEqualTo(byKey.messages());
  }

  @Test
  void aKeyThatIsOfNoUseIsNamedOnce() throws Exception {
    TlsAnalysis closed =
        TlsAnalysis.of(
            TcpAnalysis.of(withoutSecrets().withSecrets(key("ec")).withSecrets(strangeKey())));
    assertThat(closed.warnings())
        .containsExactly(
            "the private key ec.key is of the kind EC, which cannot open a recording: only the RSA"
                + " key of a server with RSA key exchange can; take a key log",
            "the private key strange.key fits no certificate in this capture: take the key of the"
                + " server that was recorded");
  }

  @Test
  void aKeyThatFitsTheCertificateButNotTheKeyExchangeSaysWhatForwardSecrecyIs() throws Exception {
    TlsMessage hello =
        tls.messages().stream()
            .filter(m -> m.summary().contains("TLS_ECDHE_RSA_WITH_CHACHA20"))
            .findFirst()
            .orElseThrow();
    int port = 40_000 + hello.connection();
    Capture.Builder one = Capture.builder("one").secrets(key("rsa"));
    capture
        .frames()
        .forEach(
            f -> {
              // Behind 20 octets of IP header stand the ports.
              if (f.data().u16(20) == port || f.data().u16(22) == port) {
                one.frame(
                    f.timeNanos(), f.linkType(), f.data(), f.originalLength(), f.evidence(), null);
              }
            });
    assertThat(TlsAnalysis.of(TcpAnalysis.of(one.build())).warnings())
        .containsExactly(
            "the private key rsa.key fits the certificate, but"
                + " TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 agrees upon keys with"
                + " Diffie-Hellman, which no certificate's key opens (forward secrecy): take a key"
                + " log");
  }

  @Test
  void aShellTakesThePrivateKeyWhereItTakesAKeyLog() throws Exception {
    Path bare = directory.resolve("bare.pcap");
    CaptureFiles.write(withoutSecrets(), bare, false);
    List<String> command = List.of("tls", bare.toString(), "--format", "csv");

    String closed = lab(0, command);
    String opened = lab(0, command, "--keylog", directory.resolve("rsa.key").toString());
    assertThat(closed.lines().filter(l -> l.contains("checked: correct"))).isEmpty();
    assertThat(opened.lines().filter(l -> l.contains("checked: correct"))).hasSizeGreaterThan(40);

    // Rows are there all the same, but the key that was given is of no use: status 2.
    String both =
        lab(
            2,
            command,
            "--keylog",
            directory.resolve("rsa.key").toString(),
            "--keylog",
            directory.resolve("ec.key").toString());
    assertThat(both).startsWith(opened).contains("is of the kind EC");
  }

  @Test
  void savingPutsSecretsInTheFileThatOpenItInPlaceOfThePrivateKey() throws Exception {
    Path bare = directory.resolve("bare2.pcap");
    CaptureFiles.write(withoutSecrets(), bare, false);
    Path saved = directory.resolve("saved.pcapng");
    String pem = directory.resolve("rsa.key").toString();
    HandshakeLab.save(HandshakeLab.open(bare.toString(), "--keylog", pem), saved.toString());

    Capture again = CaptureFiles.read(saved);
    assertThat(again.secrets().serverKeys()).isEmpty();
    assertThat(again.secrets().lines()).isNotEmpty().allMatch(l -> l.startsWith("CLIENT_RANDOM "));
    assertThat(finished(TlsAnalysis.of(TcpAnalysis.of(again))))
        .filteredOn(m -> m.summary().endsWith(", verify_data checked: correct"))
        .hasSizeGreaterThan(40);
    String secret = Files.readString(directory.resolve("rsa.key")).lines().toList().get(3);
    assertThat(Files.readString(saved, StandardCharsets.ISO_8859_1)).doesNotContain(secret);
  }

  private static String lab(int status, List<String> command, String... more) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of(java(), "-cp", System.getProperty("java.class.path")));
    words.add(Main.class.getName());
    words.addAll(command);
    words.addAll(List.of(more));
    Tools.Result result = Tools.tryToRun(words.toArray(String[]::new));
    assertThat(result.status()).as(result.err()).isEqualTo(status);
    return result.out() + result.err();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static List<TlsMessage> finished(TlsAnalysis analysis) {
    return analysis.messages().stream().filter(m -> m.type().equals("Finished")).toList();
  }

  /** As the client says it in its data. */
  private static List<String> agreed() {
    List<String> all = new ArrayList<>();
    for (StreamView view : tls.plaintext()) {
      String text = view.bytes().latin1();
      if (text.startsWith("from client: ")) {
        all.add(text.substring(13).replace("goodbye", ""));
      }
    }
    return all;
  }

  @Test
  void manySuitesWithoutSecretsAreReadAsEachAlone() {
    Capture bare = withoutSecrets();
    assertThat(TcpAnalysis.of(bare).connectionCount()).isGreaterThan(32);
    assertThat(TlsAnalysis.of(TcpAnalysis.of(bare)).plaintext()).isNotEmpty();
    ManyConnectionsTest.areThoseOfEachAlone(bare);
  }

  private static Capture withoutSecrets() {
    Capture.Builder bare = Capture.builder("bare");
    capture
        .frames()
        .forEach(
            f ->
                bare.frame(
                    f.timeNanos(),
                    f.linkType(),
                    f.data(),
                    f.originalLength(),
                    f.evidence(),
                    f.comment()));
    return bare.build();
  }

  private static Secrets key(String name) throws Exception {
    return SecretsFile.parse(Files.readAllBytes(directory.resolve(name + ".key")), name + ".key");
  }

  private static Secrets strangeKey() throws Exception {
    certificate("strange", "rsa:2048");
    return key("strange");
  }

  private static void certificate(String name, String... kind) {
    List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes", "-newkey"));
    command.addAll(List.of(kind));
    command.addAll(List.of("-keyout", directory.resolve(name + ".key").toString()));
    command.addAll(List.of("-out", directory.resolve(name + ".crt").toString()));
    command.addAll(List.of("-days", "2", "-subj", "/CN=www.lab.test"));
    Tools.run(command.toArray(String[]::new));
  }
}
