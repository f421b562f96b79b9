package io.handshakelab.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.capture.Tools;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.StreamView;
import io.handshakelab.tls.TlsMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every cipher suite that the local OpenSSL has, under every version that has the suite. */
@Timeout(300)
class OpensslMatrixTest {
  private static final String ALL = "ALL:COMPLEMENTOFALL:@SECLEVEL=0";
  private static final List<String> TLS13 =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_AES_128_CCM_SHA256",
          "TLS_AES_128_CCM_8_SHA256");

  @TempDir static Path directory;

  private static Comparison comparison;

  /** What the clients said, each naming its version and suite. */
  private static final Set<String> said = new TreeSet<>();

  /** One handshake: which server is fit for it, and what the client asks for. */
  private record Talk(String server, String token, List<String> arguments) {}

  @BeforeAll
  static void talk() throws Exception {
    List<Talk> talks = talks();
    try (Recording recording = new Recording(directory, OpensslMatrixTest.class)) {
      recording.certificate("rsa", "rsa:2048");
      recording.certificate("ec", "ec", "ec_paramgen_curve:P-256");
      recording.dsaCertificate("dsa");
      ExecutorService two = Executors.newFixedThreadPool(2);
      List<Future<?>> halves = new ArrayList<>();
      for (int half = 0; half < 2; half++) {
        int from = half;
        halves.add(two.submit(() -> talk(recording, talks, from)));
      }
      two.shutdown();
      for (Future<?> half : halves) {
        half.get();
      }
    }
    comparison = Comparison.of(directory.resolve("recorded.pcap"), directory.resolve("keys.txt"));
  }

  private static Void talk(Recording recording, List<Talk> talks, int from) throws Exception {
    Map<String, OpensslServer> servers = new LinkedHashMap<>();
    try {
      for (int i = from; i < talks.size(); i += 2) {
        Talk talk = talks.get(i);
        OpensslServer server = servers.get(talk.server);
        if (server == null) {
          server = server(recording, talk.server);
          servers.put(talk.server, server);
        }
        server.talk(talk.arguments, talk.token);
      }
    } finally {
      servers.values().forEach(OpensslServer::close);
    }
    return null;
  }

  private static OpensslServer server(Recording recording, String kind) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("-min_protocol", "TLSv1", "-cipher", ALL, "-psk", "c0ffee"));
    arguments.addAll(List.of("-ciphersuites", String.join(":", TLS13)));
    switch (kind) {
      case "DSS" -> {
        arguments.addAll(List.of("-key", recording.path("dsa.key")));
        arguments.addAll(List.of("-cert", recording.path("dsa.crt")));
      }
      default -> {
        arguments.addAll(List.of("-dkey", recording.path("ec.key")));
        arguments.addAll(List.of("-dcert", recording.path("ec.crt")));
      }
    }
    return new OpensslServer(recording, arguments);
  }

  private static List<Talk> talks() {
    List<Talk> talks = new ArrayList<>();
    for (String line : Tools.lines("openssl", "ciphers", "-v", ALL)) {
      String[] f = line.trim().split("\\s+", -1);
      if (f[1].equals("TLSv1.3") || f[2].contains("SRP")) {
        continue; // s_server crashes on SRP
      }
      boolean old = !f[1].equals("TLSv1.2");
      for (String version : old ? List.of("-tls1", "-tls1_1", "-tls1_2") : List.of("-tls1_2")) {
        String token = version + " " + f[0] + " +";
        List<String> arguments =
            new ArrayList<>(List.of(version, "-cipher", f[0] + ":@SECLEVEL=0", "-psk", "c0ffee"));
        String server = f[3].equals("Au=DSS") ? "DSS" : "RSA";
        talks.add(new Talk(server, token, arguments));
        said.add(token);
      }
    }
    for (String suite : TLS13) {
      String token = "-tls1_3 " + suite + " +";
      talks.add(new Talk("RSA", token, List.of("-tls1_3", "-ciphersuites", suite)));
      said.add(token);
    }
    return talks;
  }

  @Test
  void allIsAsTsharkReadsIt() throws Exception {
    assertThat(comparison.messages()).isGreaterThan(3000);
    assertThat(KnownDifferences.load().unexplained(getClass(), comparison.differences())).isEmpty();
  }

  @Test
  void everyTalkIsDecrypted() {
    Map<Integer, String> client = new TreeMap<>();
    Map<Integer, String> server = new TreeMap<>();
    for (StreamView view : comparison.ours().tls().plaintext()) {
      (view.sender() == Sender.CLIENT ? client : server)
          .put(view.connection(), view.bytes().latin1().strip());
    }
    Set<String> unread = new TreeSet<>(said);
    unread.removeAll(client.values());
    assertThat(unread).isEmpty();
    client.forEach(
        (connection, words) ->
            assertThat(server.get(connection))
                .isEqualTo(new StringBuilder(words).reverse().toString()));
    assertThat(comparison.ours().tls().messages())
        .filteredOn(m -> m.encrypted() && !m.decrypted())
        .isEmpty();
  }

  @Test
  void everyFinishedIsChecked() {
    List<String> finished = new ArrayList<>();
    for (TlsMessage m : comparison.ours().tls().messages()) {
      if (m.type().equals("Finished")) {
        finished.add(m.summary().replaceFirst("^verify_data [0-9a-f]+, ", ""));
      }
    }
    assertThat(new TreeSet<>(finished)).containsExactly("verify_data checked: correct");
    assertThat(finished.size()).isEqualTo(2 * said.size());
  }
}
