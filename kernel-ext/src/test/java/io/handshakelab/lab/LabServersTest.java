package io.handshakelab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.problem.Problem;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** The lab's servers, judged by curl, openssl and dnsjava. */
class LabServersTest {
  @TempDir Path folder;

  private String rootPem(LabServers lab) throws Exception {
    String text =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(lab.trustRoot().toArray());
    Path file = folder.resolve("root.pem");
    Files.writeString(
        file, "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
    return file.toString();
  }

  private List<String> curl(LabServers lab, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "--noproxy", "*"));
    command.addAll(List.of("--max-time", "100", "--cacert", rootPem(lab)));
    for (int port : new int[] {lab.httpPort(), lab.httpsPort()}) {
      command.addAll(List.of("--resolve", "www.lab.test:" + port + ":127.0.0.1"));
    }
    command.addAll(List.of(arguments));
    return Tools.run(command.toArray(new String[0]));
  }

  private List<String> openssl(int status, LabServers lab, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-brief"));
    command.addAll(List.of("-connect", "127.0.0.1:" + lab.httpsPort()));
    command.addAll(List.of("-servername", "www.lab.test", "-verify_hostname", "www.lab.test"));
    command.addAll(List.of("-verify_return_error", "-CAfile", rootPem(lab)));
    command.addAll(List.of(arguments));
    return Tools.run(status, command.toArray(new String[0]));
  }

  @Test
  void curlFollowsTheRedirectToAPageThatItTrusts() throws Exception {
    try (LabServers lab = Labs.start()) {
      List<String> output =
          curl(
              lab,
              "-L",
              "-w",
              "%{num_redirects} %{http_code} %{ssl_verify_result}",
              "http://www.lab.test:" + lab.httpPort() + "/");

      assertThat(output).anyMatch(line -> line.contains("It works"));
      assertThat(output).last().isEqualTo("1 200 0");
    }
  }

  @Test
  void headAndUnknownPathsAreAnsweredOnOneConnection() throws Exception {
    try (LabServers lab = Labs.start()) {
      List<String> output =
          curl(lab, "-I", "-w", "%{http_code} %{num_connects}\n", lab.url(), lab.url() + "nothing");

      assertThat(output).contains("200 1", "404 0");
      assertThat(output).noneMatch(line -> line.contains("It works"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.2, secp256r1, TLSv1.2, ECDHE-RSA-AES128-GCM-SHA256, 'ECDH, prime256v1, 256 bits'",
    "1.2, x25519, TLSv1.2, ECDHE-RSA-AES128-GCM-SHA256, 'X25519, 253 bits'",
    "1.3, secp256r1, TLSv1.3, TLS_AES_128_GCM_SHA256, 'ECDH, prime256v1, 256 bits'",
    "1.3, secp384r1, TLSv1.3, TLS_AES_128_GCM_SHA256, 'ECDH, secp384r1, 384 bits'",
    "any, x25519, TLSv1.3, TLS_AES_128_GCM_SHA256, 'X25519, 253 bits'",
  })
  void versionSuiteAndGroupAreThoseThatWereAskedFor(
      String tls, String group, String version, String suite, String key) throws Exception {
    try (LabServers lab = Labs.builder().tls(tls).group(group).start()) {
      assertThat(openssl(0, lab))
          .contains(
              "Protocol version: " + version,
              "Ciphersuite: " + suite,
              "Verification: OK",
              "Server Temp Key: " + key);
    }
  }

  @Test
  void theSuiteCanBeChosen() throws Exception {
    try (LabServers lab = Labs.builder().cipher("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384").start()) {
      assertThat(openssl(0, lab)).contains("Ciphersuite: ECDHE-RSA-AES256-GCM-SHA384");
    }
    assertThatThrownBy(() -> Labs.builder().cipher("TLS_ROT13").start())
        .isInstanceOf(Problem.class)
        .hasMessageContaining("TLS_ROT13");
  }

  @Test
  void aClientThatKnowsOnlyTheOtherVersionIsRefused() throws Exception {
    try (LabServers lab = Labs.start()) {
      assertThat(openssl(1, lab, "-tls1_3"))
          .anyMatch(line -> line.contains("alert protocol version"));
    }
  }

  @Test
  void clientAuthenticationAsksForACertificate() throws Exception {
    try (LabServers lab = Labs.builder().clientAuth(true).start()) {
      List<String> command =
          List.of("openssl", "s_client", "-connect", "127.0.0.1:" + lab.httpsPort());
      assertThat(Tools.run(1, command.toArray(new String[0])))
          .anyMatch(line -> line.contains("Acceptable client certificate CA names"))
          .anyMatch(line -> line.contains("Handshake Lab Root CA"))
          .anyMatch(line -> line.contains("alert handshake failure"));
    }
  }

  @Test
  void theServerSendsLeafAndIntermediateButNotTheRoot() throws Exception {
    try (LabServers lab = Labs.start()) {
      List<String> output =
          Tools.run(
              "openssl", "s_client", "-showcerts", "-connect", "127.0.0.1:" + lab.httpsPort());
      assertThat(output).filteredOn(l -> l.startsWith("-----BEGIN CERT")).hasSize(2);
      assertThat(output).anyMatch(line -> line.contains("TLS session ticket:"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "www.lab.test., A, NOERROR, 1, true",
    "WWW.LAB.TEST., A, NOERROR, 1, true",
    "lab.test., A, NOERROR, 1, true",
    "www.lab.test., AAAA, NOERROR, 0, true",
    "nosuch.lab.test., A, NXDOMAIN, 0, true",
    "example.com., A, REFUSED, 0, false",
    "xlab.test., A, REFUSED, 0, false",
  })
  void theNameServerAnswersForItsZoneAlone(
      String name, String type, String rcode, int answers, boolean authoritative) throws Exception {
    try (LabServers lab = Labs.start()) {
      SimpleResolver resolver = new SimpleResolver(lab.nameServer());
      Message answer =
          resolver.send(
              Message.newQuery(
                  Record.newRecord(Name.fromString(name), Type.value(type), DClass.IN)));
      assertThat(Rcode.string(answer.getRcode())).isEqualTo(rcode);
      assertThat(answer.getSection(Section.ANSWER)).hasSize(answers);
      assertThat(answer.getHeader().getFlag(org.xbill.DNS.Flags.AA)).isEqualTo(authoritative);
    }
  }

  @Test
  void stoppingGivesThePortsBackAndTwoStopsAreFine() throws Exception {
    LabServers lab = Labs.start();
    int http = lab.httpPort();
    assertThat(lab.status()).contains(lab.url(), "TLS 1.2");
    lab.close();
    lab.close();

    assertThat(lab.isRunning()).isFalse();
    assertThatThrownBy(() -> new Socket(LabServers.loopback(), http))
        .hasMessageContaining("refused");
    try (LabServers again = Labs.builder().httpPort(http).start()) {
      assertThat(again.httpPort()).isEqualTo(http);
      assertThatThrownBy(() -> Labs.builder().httpPort(http).start())
          .isInstanceOf(Problem.class)
          .hasMessageContaining("cannot open one of its ports");
    }
  }

  @Test
  void theSameSeedGivesTheSameRoot() {
    Bytes keyOnce;
    try (LabServers once = LabServers.builder().seed(7L).start()) {
      keyOnce = key(once);
    }
    try (LabServers again = LabServers.builder().seed(7L).start();
        LabServers other = LabServers.builder().seed(8L).start()) {
      assertThat(key(again)).isEqualTo(keyOnce);
      assertThat(key(other)).isNotEqualTo(keyOnce);
    }
  }

  private static Bytes key(LabServers lab) {
    return Bytes.of(lab.authority().root().getPublicKey().getEncoded());
  }

  @Test
  void anUnknownFaultIsAProblem() {
    assertThatThrownBy(() -> Labs.builder().fault("gremlins"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("gremlins");
  }
}
