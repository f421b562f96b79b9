package io.handshakelab.oracle;

import static io.handshakelab.oracle.Options.plus;
import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.analysis.HandshakeSignatures;
import io.handshakelab.capture.Tools;
import io.handshakelab.tls.TlsMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What OpenSSL can do besides plain handshakes, compared with tshark's reading. */
@Timeout(300)
class OpensslOdditiesTest {
  @TempDir static Path directory;

  private static Recording recording;
  private static Comparison comparison;

  @BeforeAll
  static void talk() throws Exception {
    try (Recording open = new Recording(directory, OpensslOdditiesTest.class)) {
      recording = open;
      open.certificate("rsa", "rsa:2048");
      open.certificate("ec", "ec", "ec_paramgen_curve:P-256");
      open.certificate("ed25519", "ed25519");
      clientCertificates();
      resumptions();
      tls13();
      earlyData();
      renegotiations();
      sizes();
      extensions();
      alerts();
      oldHello();
    }
    comparison = Comparison.of(open().file(), open().keyLog());
  }

  private static Recording open() {
    return recording;
  }

  private static void clientCertificates() throws Exception {
    List<String> ec = List.of("-cert", open().path("ec.crt"), "-key", open().path("ec.key"));
    List<String> rsa = List.of("-cert", open().path("rsa.crt"), "-key", open().path("rsa.key"));
    List<String> chain = plus(ec, "-cert_chain", open().path("many.crt"));
    StringBuilder many = new StringBuilder();
    for (String name : List.of("rsa", "ed25519", "rsa", "rsa", "rsa", "rsa")) {
      many.append(Files.readString(Path.of(open().path(name + ".crt"))));
    }
    Files.writeString(Path.of(open().path("many.crt")), many);
    for (String version : List.of("-tls1", "-tls1_2", "-tls1_3")) {
      List<String> how = old(version);
      try (var server = server(plus(how, "-verify", "3", "-CAfile", open().path("many.crt")))) {
        server.talk(plus(plus(how, "-no_etm"), ec), "with a certificate +");
        server.talk(plus(how, rsa), "with another +");
        server.talk(how, "without one +");
        server.talk(plus(how, chain), "with a chain +");
      }
    }
    try (var server = server(List.of("-Verify", "1"))) {
      server.fail(List.of("-tls1_2"));
      server.fail(List.of("-tls1_3"));
    }
    List<String> own =
        List.of(
            "-cert",
            open().path("ed25519.crt"),
            "-key",
            open().path("ed25519.key"),
            "-cert_chain",
            open().path("many.crt"));
    try (var server = server(plus(own, "-max_send_frag", "512"))) {
      server.talk(List.of("-tls1_2"), "many certificates in small records +");
      server.talk(List.of("-tls1_3"), "many certificates in small records +");
    }
  }

  private static void resumptions() throws Exception {
    int number = 0;
    for (List<String> how :
        List.of(
            old("-tls1"),
            plus(old("-tls1"), "-no_ticket"),
            List.of("-tls1_2"),
            List.of("-tls1_2", "-no_ticket"),
            List.of("-tls1_2", "-no_ticket", "-no_etm", "-cipher", "AES128-SHA"),
            List.of("-tls1_3"),
            List.of("-tls1_3", "-no_ticket"),
            List.of("-tls1_3", "-allow_no_dhe_kex"))) {
      String session = open().path("session" + number++);
      try (var server = server(how)) {
        server.talk(plus(how, "-sess_out", session), "first +");
        server.talk(plus(how, "-sess_in", session, "-sess_out", session), "second +");
        server.talk(plus(how, "-sess_in", session), "third +");
      }
      try (var another = server(how)) {
        another.talk(plus(how, "-sess_in", session), "not known there +");
      }
    }
  }

  private static void tls13() throws Exception {
    try (var server = server(List.of("-tls1_3", "-groups", "P-384"))) {
      server.talk(List.of("-groups", "X25519:P-384"), "hello retry request +");
      server.talk(List.of("-groups", "X25519:P-384", "-no_middlebox"), "retry without +");
    }
    for (String group : List.of("X448", "P-521", "ffdhe2048", "ffdhe4096")) {
      try (var server = server(List.of("-groups", group))) {
        server.talk(List.of("-groups", group), group + " +");
      }
    }
    try (var server = server(List.of("-tls1_3", "-num_tickets", "5", "-no_middlebox"))) {
      server.talk(List.of("-no_middlebox"), "first +", "K", "second +", "k", "K", "third +");
      server.talk(List.of("-record_padding", "512"), "padded +");
    }
    try (var server = server(List.of("-tls1_3", "-record_padding", "300", "-num_tickets", "0"))) {
      server.talk(List.of(), "padded by the server +");
    }
    List<String> psk =
        List.of("-tls1_3", "-psk", "c0ffee", "-ciphersuites", "TLS_AES_128_GCM_SHA256");
    try (var server = server(plus(psk, "-nocert"))) {
      server.talk(psk, "a key known before +");
      server.fail(plus(psk, "-psk_identity", "somebody"));
    }
    List<String> ec = List.of("-cert", open().path("ec.crt"), "-key", open().path("ec.key"));
    try (var server = server(List.of("-plain", "-tls1_3", "-verify", "1"));
        Peer client = server.client(plus(ec, "-enable_pha"))) {
      client.say("first +\n");
      server.obey("first +", List.of("k", "K", "c"), "+ answer");
      client.await("+ answer");
      client.say("second +\n");
      server.peer().await("second +");
      client.finish();
    }
  }

  private static void earlyData() throws Exception {
    String session = open().path("early");
    String data = open().path("early.txt");
    Files.writeString(Path.of(data), "early bird");
    List<String> how = List.of("-plain", "-tls1_3", "-early_data");
    try (var server = server(plus(how, "-no_anti_replay"))) {
      server.talk(List.of("-sess_out", session), "first +");
      server.talk(List.of("-sess_in", session, "-early_data", data), "accepted +");
    }
    try (var server = server(how)) {
      server.talk(List.of("-sess_in", session, "-early_data", data), "refused +");
    }
    try (var server = server(plus(how, "-groups", "P-384"))) {
      server.talk(
          List.of("-sess_in", session, "-early_data", data, "-groups", "X25519:P-384"),
          "refused by a retry +");
    }
  }

  private static void renegotiations() throws Exception {
    List<String> ec = List.of("-cert", open().path("ec.crt"), "-key", open().path("ec.key"));
    for (List<String> how :
        List.of(
            old("-tls1"),
            old("-tls1_1"),
            List.of("-tls1_2"),
            List.of("-tls1_2", "-cipher", "AES128-SHA"),
            List.of("-tls1_2", "-cipher", "NULL-SHA256:@SECLEVEL=0"),
            List.of("-tls1_2", "-legacy_renegotiation"))) {
      try (var server = server(plus(how, "-client_renegotiation"))) {
        server.talk(how, "before +", "R", "after +");
      }
      try (var server = server(plus(how, "-plain", "-verify", "1"))) {
        try (Peer client = server.client(plus(how, ec))) {
          client.say("first +\n");
          server.obey("first +", List.of("r", "R"), "+ answer");
          client.await("+ answer");
          client.finish();
        }
      }
    }
  }

  private static void sizes() throws Exception {
    String line = "0123456789".repeat(700) + " +";
    List<String> small = List.of("-max_send_frag", "512");
    for (String version : List.of("-tls1", "-tls1_2", "-tls1_3")) {
      List<String> how = plus(old(version), small);
      try (var server = server(how)) {
        server.talk(how, line);
        server.talk(plus(how, "-split_send_frag", "300"), line);
        server.talk(plus(how, "-maxfraglen", "1024"), line);
      }
    }
    try (var server = server(List.of())) {
      server.talk(List.of(), line, line.repeat(2), "x".repeat(15000) + " +");
    }
  }

  private static void extensions() throws Exception {
    Tools.run(
        "openssl",
        "ocsp",
        "-index",
        index(),
        "-rsigner",
        open().path("rsa.crt"),
        "-rkey",
        open().path("rsa.key"),
        "-CA",
        open().path("rsa.crt"),
        "-reqin",
        request(),
        "-respout",
        open().path("response.der"));
    List<String> offers =
        List.of(
            "-serverinfo",
            "18,4660",
            "-status",
            "-alpn",
            "h2,http/1.1",
            "-servername",
            "www.lab.test");
    try (var server =
        server(List.of("-status_file", open().path("response.der"), "-alpn", "http/1.1"))) {
      for (String version : List.of("-tls1_2", "-tls1_3")) {
        server.talk(plus(List.of(version), offers), "stapled +");
      }
      server.talk(List.of("-tls1_2", "-nextprotoneg", "http/1.1"), "nobody wants it +");
      server.fail(List.of("-tls1_2", "-fallback_scsv", "-no_etm"));
      server.talk(List.of("-requestCAfile", open().path("many.crt")), "authorities +");
    }
    try (var server = server(List.of("-nextprotoneg", "http/1.1,spdy/1"))) {
      server.talk(List.of("-tls1_2", "-nextprotoneg", "spdy/1"), "next protocol +");
    }
  }

  private static String index() throws IOException {
    Path index = directory.resolve("index.txt");
    String serial =
        Tools.run("openssl", "x509", "-in", open().path("ec.crt"), "-noout", "-serial")
            .strip()
            .replace("serial=", "");
    Files.writeString(index, "V\t991231235959Z\t\t" + serial + "\tunknown\t/CN=www.lab.test\n");
    return index.toString();
  }

  private static String request() {
    String file = open().path("request.der");
    Tools.run(
        "openssl",
        "ocsp",
        "-issuer",
        open().path("rsa.crt"),
        "-cert",
        open().path("ec.crt"),
        "-reqout",
        file);
    return file;
  }

  private static void alerts() throws Exception {
    try (var server = server(List.of("-tls1_2", "-cipher", "AES128-SHA"))) {
      server.fail(List.of("-tls1_3"));
      server.fail(List.of("-tls1_2", "-cipher", "AES256-SHA"));
      server.fail(List.of("-tls1_2", "-verify_return_error", "-CAfile", open().path("ec.crt")));
      server.fail(plus(old("-tls1")));
      server.fail(List.of("-tls1_2", "-fallback_scsv", "-servername", "x", "-alpn", "h9"));
    }
    try (var server = server(List.of("-tls1_3"))) {
      server.fail(List.of("-tls1_2"));
      server.fail(List.of("-verify_return_error", "-CAfile", open().path("ec.crt")));
      server.fail(List.of("-groups", "X448", "-sigalgs", "ecdsa_secp256r1_sha256"));
    }
    try (var server =
        server(
            List.of(
                "-servername",
                "www.lab.test",
                "-servername_fatal",
                "-cert2",
                open().path("ec.crt"),
                "-key2",
                open().path("ec.key"),
                "-groups",
                "P-256"))) {
      server.fail(List.of("-servername", "other.lab.test", "-tls1_2"));
      server.fail(List.of("-servername", "other.lab.test", "-tls1_3"));
      server.talk(List.of("-servername", "www.lab.test"), "the second certificate +");
      server.fail(List.of("-groups", "X448", "-tls1_3"));
    }
    List<String> psk = List.of("-tls1_2", "-psk", "c0ffee", "-cipher", "PSK");
    try (var server = server(plus(psk, "-nocert", "-psk_hint", "guess"))) {
      server.talk(psk, "a hint +");
      server.fail(List.of("-tls1_2", "-psk", "decaf0", "-cipher", "PSK"));
      server.fail(plus(psk, "-psk_identity", "somebody"));
    }
  }

  /** A ClientHello in the form of SSL 2.0 (RFC 5246 §E.2), which OpenSSL's server still takes. */
  private static void oldHello() throws Exception {
    String hello =
        "802e"
            + "01"
            + "0303"
            + "0015"
            + "0000"
            + "0010"
            + "00002f"
            + "000035"
            + "00c02f"
            + "00c030"
            + "0000ff"
            + "010080"
            + "00003c"
            + "00112233445566778899aabbccddeeff";
    try (var server = server(List.of("-min_protocol", "TLSv1", "-cipher", "ALL:@SECLEVEL=0"));
        Socket socket = new Socket(server.host(), 443)) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      out.write(HexFormat.of().parseHex(hello));
      out.flush();
      assertThat(socket.getInputStream().readNBytes(1)).containsExactly(22);
    }
    try (var server = server(List.of());
        Socket socket = new Socket(server.host(), 443)) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readAllBytes()).isNotNull();
    }
  }

  private static OpensslServer server(List<String> arguments) throws InterruptedException {
    return new OpensslServer(open(), arguments);
  }

  private static List<String> old(String version) {
    return version.equals("-tls1") || version.equals("-tls1_1")
        ? List.of(version, "-cipher", "ALL:@SECLEVEL=0")
        : List.of(version);
  }

  @Test
  void allIsAsTsharkReadsIt() throws Exception {
    assertThat(comparison.messages()).isGreaterThan(900);
    List<Difference> differences = comparison.differences();
    differences.addAll(comparison.plaintextDifferences());
    assertThat(KnownDifferences.load().unexplained(getClass(), differences)).isEmpty();
  }

  @Test
  void allThatHasKeysIsDecryptedAndChecked() {
    TreeMap<String, Integer> finished = new TreeMap<>();
    TreeSet<String> closed = new TreeSet<>();
    for (TlsMessage m : comparison.ours().tls().messages()) {
      if (m.type().equals("Finished")) {
        finished.merge(m.summary().replaceFirst("^verify_data [0-9a-f]+, ", ""), 1, Integer::sum);
      } else if (m.encrypted() && !m.decrypted()) {
        closed.add("connection " + m.connection() + " frame " + m.frame() + " " + m.type());
      }
    }
    assertThat(finished.remove("verify_data checked: correct")).isGreaterThan(200);
    assertThat(finished.toString()).isEqualTo("{}");
    assertThat(closed).isEmpty();
  }

  /** Client certificates, resumed and renewed handshakes, a request after the handshake. */
  @Test
  void everySignatureIsOpenedByHand() {
    for (String type : List.of("CertificateVerify", "ServerKeyExchange")) {
      List<HandshakeSignatures.Opened> opened = HandshakeSignatures.of(comparison.ours(), type);
      assertThat(opened).hasSizeGreaterThan(30);
      assertThat(opened)
          .allSatisfy(one -> assertThat(one.walk().valid()).as(one.walk().toString()).isTrue());
    }
  }
}
