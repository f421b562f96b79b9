package io.handshakelab.oracle;

import static io.handshakelab.oracle.Options.plus;
import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.capture.Tools;
import io.handshakelab.tls.TlsMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * GnuTLS has suites and extensions that OpenSSL has not: RC4, 3DES, Camellia-GCM, SRP, heartbeats,
 * record size limits, hellos without extensions.
 */
@Timeout(300)
class GnutlsTest {
  private static final String ANY = ":+SIGN-ALL:+COMP-NULL:+GROUP-ALL";

  /**
   * gnutls-cli crashes on DHE-PSK and ECDHE-PSK. Version, cipher, MAC and key exchange, as priority
   * strings name them.
   */
  private static final List<String> SUITES =
      List.of(
          "TLS1.2 CAMELLIA-128-GCM AEAD ECDHE-RSA",
          "TLS1.2 CAMELLIA-256-GCM AEAD ECDHE-ECDSA",
          "TLS1.2 CAMELLIA-256-GCM AEAD ANON-DH",
          "TLS1.2 AES-128-CCM-8 AEAD RSA",
          "TLS1.2 AES-256-CCM AEAD DHE-RSA",
          "TLS1.2 CHACHA20-POLY1305 AEAD PSK",
          "TLS1.0 ARCFOUR-128 SHA1 RSA",
          "TLS1.1 ARCFOUR-128 MD5 RSA",
          "TLS1.2 ARCFOUR-128 SHA1 ECDHE-ECDSA",
          "TLS1.2 ARCFOUR-128 MD5 ANON-DH",
          "TLS1.0 3DES-CBC SHA1 RSA",
          "TLS1.1 3DES-CBC SHA1 DHE-DSS",
          "TLS1.2 3DES-CBC SHA1 ECDHE-RSA",
          "TLS1.2 3DES-CBC SHA1 ANON-ECDH",
          "TLS1.2 CAMELLIA-128-CBC SHA256 RSA",
          "TLS1.0 CAMELLIA-256-CBC SHA1 DHE-RSA",
          "TLS1.0 NULL MD5 RSA",
          "TLS1.2 NULL SHA256 PSK",
          "TLS1.0 AES-128-CBC SHA1 SRP",
          "TLS1.1 AES-256-CBC SHA1 SRP-RSA",
          "TLS1.0 3DES-CBC SHA1 SRP-DSS",
          "TLS1.2 CAMELLIA-256-CBC SHA384 PSK",
          "TLS1.2 AES-128-CBC SHA256 RSA-PSK");

  @TempDir static Path directory;

  private static Comparison comparison;

  @BeforeAll
  static void talk() throws Exception {
    List<String> options = new ArrayList<>();
    try (Recording recording = new Recording(directory, GnutlsTest.class)) {
      recording.certificate("rsa", "rsa:2048");
      recording.certificate("ec", "ec", "ec_paramgen_curve:P-256");
      recording.dsaCertificate("dsa");
      Files.writeString(
          directory.resolve("psk"), "user:88f3824b3e5659f52d00e959bacab954b6540344\n");
      srp(recording);
      List<String> all = new ArrayList<>();
      for (String name : List.of("rsa", "ec", "dsa")) {
        all.addAll(List.of("--x509keyfile", recording.path(name + ".key")));
        all.addAll(List.of("--x509certfile", recording.path(name + ".crt")));
      }
      List<String> modern = new ArrayList<>(all);
      // With SRP there is no TLS 1.3.
      modern.addAll(
          List.of(
              "--priority",
              "NORMAL:+VERS-ALL:+CIPHER-ALL:+AES-128-CCM-8:+GROUP-ALL:%ALLOW_SMALL_RECORDS"));
      all.addAll(List.of("--pskpasswd", recording.path("psk")));
      all.addAll(List.of("--srppasswd", recording.path("srp")));
      all.addAll(List.of("--srppasswdconf", recording.path("srp.conf")));
      String every =
          "NORMAL:+VERS-ALL:+CIPHER-ALL:+AES-128-CCM-8:+MAC-ALL:+ARCFOUR-128:+3DES-CBC:+MD5:+CAMELLIA-128-GCM"
              + ":+CAMELLIA-256-GCM:+CAMELLIA-128-CBC:+CAMELLIA-256-CBC:+NULL:+SHA384:+SHA256"
              + ":+PSK:+DHE-PSK:+ECDHE-PSK:+RSA-PSK:+SRP:+SRP-RSA:+SRP-DSS:+ANON-DH:+ANON-ECDH"
              + ":+DHE-DSS:+DHE-RSA:+RSA:+SIGN-ALL:+GROUP-ALL:%ALLOW_SMALL_RECORDS";
      all.addAll(List.of("--priority", every));
      try (GnutlsServer server = new GnutlsServer(recording, plus(all, "-a"))) {
        options.addAll(List.of("-d", server.decodeAs()));
        for (String suite : SUITES) {
          server.talk(client(suite), suite);
        }
        server.fail(List.of("--priority", "NONE:+VERS-TLS1.2:+AES-128-GCM:+AEAD:+SRP" + ANY));
      }
      try (GnutlsServer server =
          new GnutlsServer(recording, plus(modern, "--heartbeat", "--alpn=echo"))) {
        options.addAll(List.of("-d", server.decodeAs()));
        oddities(server);
        more(recording, server);
      }
    }
    comparison =
        Comparison.of(
            directory.resolve("recorded.pcap"),
            directory.resolve("keys.txt"),
            options.toArray(String[]::new));
  }

  private static List<String> client(String suite) {
    String[] f = suite.split(" ", -1);
    String priority = "NONE:+VERS-" + f[0] + ":+" + f[1] + ":+" + f[2] + ":+" + f[3] + ANY;
    return List.of(
        "--priority",
        priority,
        "--pskusername=user",
        "--pskkey=88f3824b3e5659f52d00e959bacab954b6540344",
        "--srpusername=user",
        "--srppasswd=secret");
  }

  private static void oddities(GnutlsServer server) throws Exception {
    for (String version : List.of("TLS1.0", "TLS1.2", "TLS1.3")) {
      String only = "NORMAL:-VERS-ALL:+VERS-" + version;
      List<String> how = List.of("--priority", only);
      server.talk(plus(how, "--resume"), version + " again");
      server.talk(plus(how, "--rehandshake"), version + " once more");
      server.talk(plus(how, "--sni-hostname=www.lab.test", "--alpn=h2", "--alpn=x"), "names");
      server.talk(plus(how, "--recordsize=512"), "0123456789".repeat(40));
    }
    for (String flag :
        List.of("%NO_EXTENSIONS", "%NO_ETM", "%NO_SESSION_HASH", "%NO_TICKETS", "%FORCE_ETM")) {
      String only = "NORMAL:-VERS-ALL:+VERS-TLS1.2:-AEAD:" + flag;
      server.talk(List.of("--priority", only, "--resume"), flag);
    }
    for (String group : List.of("X448", "SECP521R1", "FFDHE2048")) {
      String only = "NORMAL:-GROUP-ALL:+GROUP-" + group;
      server.talk(List.of("--priority", only), group + " for TLS 1.3");
      server.talk(List.of("--priority", only + ":-VERS-TLS1.3"), group + " for TLS 1.2");
    }
    server.talk(
        List.of("--priority", "NORMAL:-VERS-ALL:+VERS-TLS1.3:-CIPHER-ALL:+AES-128-CCM-8"), "8");
    server.talk(
        List.of(
            "--single-key-share", "--priority", "NORMAL:-GROUP-ALL:+GROUP-FFDHE8192:+GROUP-X25519"),
        "1");
  }

  private static void more(Recording recording, GnutlsServer server) throws Exception {
    List<String> certificate =
        List.of(
            "--x509keyfile", recording.path("ec.key"), "--x509certfile", recording.path("ec.crt"));
    List<String> tls13 = plus(certificate, "--post-handshake-auth");
    server.talk(tls13, "first", "**REAUTH**", "second");
    List<String> tls12 = plus(certificate, "--priority", "NORMAL:-VERS-TLS1.3");
    // The server goes on talking and so breaks the handshake that it asked for.
    server.talk(tls12, "first", "**REHANDSHAKE**");
    for (String version : List.of("TLS1.2", "TLS1.3")) {
      List<String> how = List.of("--priority", "NORMAL:-VERS-ALL:+VERS-" + version);
      server.talk(plus(how, certificate), "both with certificates");
      server.talk(plus(how, "--heartbeat", "--alpn=echo"), "heart", "**HEARTBEAT**", "beat");
      server.talk(how, "0123456789".repeat(90));
    }
  }

  private static void srp(Recording recording) throws Exception {
    Tools.run("srptool", "--create-conf", recording.path("srp.conf"));
    List<String> command =
        List.of(
            "srptool",
            "--passwd-conf",
            recording.path("srp.conf"),
            "--passwd",
            recording.path("srp"),
            "--username",
            "user");
    try (Peer tool = Peer.start(command)) {
      tool.say("secret\nsecret\n");
      tool.finish();
    }
  }

  @Test
  void allIsAsTsharkReadsIt() throws Exception {
    assertThat(comparison.messages()).isGreaterThan(600);
    List<Difference> differences = comparison.differences();
    differences.addAll(comparison.plaintextDifferences());
    assertThat(KnownDifferences.load().unexplained(getClass(), differences)).isEmpty();
  }

  @Test
  void allIsDecryptedAndChecked() {
    TreeMap<String, Integer> finished = new TreeMap<>();
    TreeSet<String> closed = new TreeSet<>();
    for (TlsMessage m : comparison.ours().tls().messages()) {
      if (m.type().equals("Finished")) {
        finished.merge(m.summary().replaceFirst("^verify_data [0-9a-f]+, ", ""), 1, Integer::sum);
      } else if (m.encrypted() && !m.decrypted()) {
        closed.add("connection " + m.connection() + " frame " + m.frame() + " " + m.type());
      }
    }
    assertThat(closed).isEmpty();
    assertThat(finished).containsOnlyKeys("verify_data checked: correct");
  }
}
