package io.handshakelab.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.capture.Tools;
import io.handshakelab.tls.TlsMessage;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** curl, Chromium, Python and Java ask nginx and OpenSSL for pages. */
@Timeout(600)
class ClientsTest {
  private static final String CONFIGURATION =
      """
      daemon off; master_process off; pid DIR/nginx.pid; error_log DIR/nginx.log;
      events { worker_connections 64; }
      http {
        access_log off; client_body_temp_path DIR/1; proxy_temp_path DIR/2; fastcgi_temp_path DIR/3;
        uwsgi_temp_path DIR/4; scgi_temp_path DIR/5; default_type text/html;
        ssl_certificate DIR/rsa.crt; ssl_certificate_key DIR/rsa.key; root DIR/www;
        ssl_protocols TLSv1.2 TLSv1.3;
        server {
          listen HOST:443 ssl http2;
          location /go { return 302 https://HOST/index.html; }
        }
        server {
          listen HOST:80;
          location /go { return 302 https://HOST/go; }
        }
        server {
          listen HOST:8443 ssl; ssl_buffer_size 1400; ssl_early_data on; gzip on; gzip_types *;
          gzip_min_length 1; gzip_http_version 1.0; chunked_transfer_encoding on;
        }
      }
      """;

  private static final String PYTHON =
      """
      import socket, ssl, sys
      for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
          context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
          context.check_hostname = False
          context.verify_mode = ssl.CERT_NONE
          context.minimum_version = context.maximum_version = version
          context.keylog_filename = sys.argv[2]
          context.set_alpn_protocols(["http/1.1"])
          session = None
          for _ in range(2):
              with socket.create_connection((sys.argv[1], 443), timeout=60) as plain:
                  with context.wrap_socket(plain, server_hostname="www.lab.test", session=session) as tls:
                      tls.sendall(b"GET /go HTTP/1.1\\r\\nHost: www.lab.test\\r\\nConnection: close\\r\\n\\r\\n")
                      while tls.recv(4096):
                          pass
                      session = tls.session
      """;

  @TempDir static Path directory;

  private static Comparison comparison;

  @BeforeAll
  static void talk() throws Exception {
    try (Recording recording = new Recording(directory, ClientsTest.class)) {
      recording.certificate("rsa", "rsa:2048");
      String host = recording.newAddress();
      prepare(host);
      Peer nginx =
          Peer.start(List.of("nginx", "-p", directory + "", "-c", directory + "/nginx.conf"));
      try {
        await(host);
        curl(recording, host);
        python(recording, host);
        chromium(recording, "https://" + host + "/index.html");
        java(host);
      } finally {
        nginx.close();
      }
      try (OpensslServer server = new OpensslServer(recording)) {
        // Here the server knows the keys that Java keeps to itself.
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
          assertThat(JavaClient.talk(server.host(), protocol, "+ + + avaJ"))
              .isEqualTo("Java + + +");
        }
      }
    }
    comparison =
        Comparison.of(
            directory.resolve("recorded.pcap"),
            directory.resolve("keys.txt"),
            "-d",
            "tcp.port==8443,tls",
            "-d",
            "tls.port==8443,http");
  }

  private static void prepare(String host) throws Exception {
    String text = CONFIGURATION.replace("DIR", directory + "").replace("HOST", host);
    Files.writeString(directory.resolve("nginx.conf"), text);
    Path www = Files.createDirectories(directory.resolve("www"));
    Files.writeString(www.resolve("index.html"), "<script src=script.js></script><img src=big>hi");
    Files.writeString(www.resolve("script.js"), "var x = 1;");
    Files.writeString(www.resolve("big"), "0123456789".repeat(20_000));
    // nginx gives up root's rights.
    Tools.run("chmod", "-R", "a+rX", directory.toString());
  }

  /** Knocks at a port that the comparison can do without. */
  private static void await(String host) throws Exception {
    for (int i = 0; i < 1200; i++) {
      try (var socket = new java.net.Socket(host, 80)) {
        assertThat(socket.isConnected()).isTrue();
        return;
      } catch (java.net.ConnectException notYet) {
        Thread.sleep(50);
      }
    }
    throw new AssertionError("nginx: " + Files.readString(directory.resolve("nginx.log")));
  }

  private static void curl(Recording recording, String host) throws Exception {
    String page = "https://" + host;
    for (List<String> how :
        List.of(
            List.of("-L", "http://" + host + "/go"),
            List.of("--http1.1", page + "/index.html", page + "/big", page + "/missing"),
            List.of("--http2", page + "/index.html", page + "/big", page + "/missing"),
            List.of("--tls-max", "1.2", "--http2", page + "/big", page + "/go"),
            List.of("--http1.1", "-d", "a=b", page + "/index.html", page + "/missing"),
            List.of("-I", "--http2", page + "/big"),
            List.of("--compressed", page + ":8443/big"),
            List.of("--http2", "http://" + host + "/index.html"),
            List.of(
                "--curves", "P-521", "--tls13-ciphers", "TLS_AES_128_GCM_SHA256", page + "/"))) {
      List<String> command = new ArrayList<>(List.of("curl", "-sk", "-m", "60"));
      command.addAll(how);
      run(recording, command);
    }
  }

  private static void python(Recording recording, String host) throws Exception {
    Path script = Files.writeString(directory.resolve("client.py"), PYTHON);
    run(recording, List.of("python3", script.toString(), host, recording.keyLog().toString()));
  }

  private static void chromium(Recording recording, String url) throws Exception {
    List<String> command = new ArrayList<>(List.of("chromium", "--headless", "--no-sandbox"));
    command.addAll(List.of("--disable-gpu", "--disable-quic", "--no-first-run"));
    command.addAll(List.of("--disable-background-networking", "--disable-component-update"));
    command.addAll(List.of("--disable-sync", "--ignore-certificate-errors", "--dump-dom"));
    command.addAll(List.of("--user-data-dir=" + directory.resolve("profile"), url));
    assertThat(run(recording, command)).contains("hi");
  }

  private static void java(String host) throws Exception {
    for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
      String page = "https://" + host + "/big";
      assertThat(JavaClient.get(page, HttpClient.Version.HTTP_2, protocol)).isEqualTo(200);
    }
  }

  private static String run(Recording recording, List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SSLKEYLOGFILE", recording.keyLog().toString());
    try (Peer client = Peer.start(builder)) {
      return client.finish();
    }
  }

  @Test
  void allIsAsTsharkReadsIt() throws Exception {
    assertThat(comparison.messages()).isGreaterThan(300);
    List<Difference> differences = comparison.differences();
    differences.addAll(comparison.plaintextDifferences());
    assertThat(KnownDifferences.load().unexplained(getClass(), differences)).isEmpty();
  }

  @Test
  void bothVersionsOfHttpAreRead() {
    TreeSet<String> lines = new TreeSet<>();
    comparison.ours().http().forEach(m -> lines.add(m.line()));
    assertThat(lines)
        .contains("GET /script.js HTTP/2", "HTTP/2 200", "HTTP/2 404", "HTTP/2 302")
        .contains("GET /go HTTP/1.1", "HTTP/1.1 404 Not Found");
  }

  @Test
  void onlyJavaKeepsItsKeysToItself() {
    TreeSet<Integer> closed = new TreeSet<>();
    TreeSet<String> finished = new TreeSet<>();
    for (TlsMessage m : comparison.ours().tls().messages()) {
      if (m.type().equals("Finished")) {
        finished.add(m.summary().replaceFirst("^verify_data [0-9a-f]+, ", ""));
      } else if (m.encrypted() && !m.decrypted()) {
        closed.add(m.connection());
      }
    }
    assertThat(closed).hasSize(2);
    assertThat(finished).containsExactly("verify_data checked: correct");
  }
}
