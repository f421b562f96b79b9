package io.handshakelab.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.capture.FreePorts;
import io.handshakelab.capture.Secrets;
import io.handshakelab.capture.Tools;
import io.handshakelab.tcp.TcpAnalysis;
import io.handshakelab.tcp.Tcpdump;
import io.handshakelab.tls.TlsAnalysis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** curl and Chromium ask nginx by HTTP/2, and tshark says what was asked and answered. */
class HttpOracleTest {
  private static final String CONFIGURATION =
      """
      daemon off; master_process off; pid DIR/nginx.pid; error_log DIR/nginx.log;
      events { worker_connections 64; }
      http {
        access_log off; client_body_temp_path DIR/1; proxy_temp_path DIR/2; fastcgi_temp_path DIR/3;
        uwsgi_temp_path DIR/4; scgi_temp_path DIR/5; default_type text/html;
        server {
          listen 127.0.0.1:TLS ssl http2; ssl_certificate DIR/c.crt; ssl_certificate_key DIR/c.key;
          root DIR/www; add_header X-Long "0123456789 abcdefghijklmnopqrstuvwxyz ABCDEFGHIJ";
          location /go { return 302 https://127.0.0.1:TLS/index.html; }
        }
        server { listen 127.0.0.1:CLEAR http2; root DIR/www; }
      }
      """;

  @TempDir private Path directory;

  @Test
  void messagesAreThoseThatTsharkReads() throws Exception {
    int tls = FreePorts.take();
    int clear = FreePorts.take();
    prepare(tls, clear);
    Path file = directory.resolve("t.pcap");
    Path keys = directory.resolve("keys.txt");
    Process nginx = start("nginx", "-p", directory.toString(), "-c", directory + "/nginx.conf");
    String filter = "tcp port " + tls + " or tcp port " + clear;
    try (Tcpdump tcpdump = Tcpdump.start(file, filter)) {
      String secure = "https://127.0.0.1:" + tls;
      curl(keys, "-kL", "--http2", secure + "/go", secure + "/big", secure + "/missing");
      curl(keys, "-kI", "--http2", secure + "/big");
      curl(keys, "--http2-prior-knowledge", "http://127.0.0.1:" + clear + "/big");
      chromium(keys, secure + "/index.html");
      end(nginx);
      tcpdump.settle();
    } finally {
      end(nginx);
    }
    Capture capture = CaptureFiles.read(file).withSecrets(Secrets.ofKeyLog(Files.readString(keys)));
    TcpAnalysis tcp = TcpAnalysis.of(capture);
    List<HttpMessage> ours = HttpAnalysis.of(tcp, TlsAnalysis.of(tcp));
    List<String> theirs = tshark(file, keys, tls, clear);
    assertThat(theirs).hasSizeGreaterThan(15).anyMatch(line -> line.contains("GET /script.js"));
    assertThat(new TreeSet<>(ours.stream().map(HttpOracleTest::text).toList()))
        .containsExactlyElementsOf(new TreeSet<>(theirs));
    assertThat(ours)
        .filteredOn(message -> message.line().equals("HTTP/2 200"))
        .extracting(HttpMessage::bodyLength)
        .contains(100_000L, 0L);
    assertThat(HttpAnalysis.exchanges(tcp, TlsAnalysis.of(tcp)))
        .filteredOn(exchange -> exchange.response() != null)
        .hasSizeGreaterThan(7)
        .allMatch(exchange -> exchange.requestEndNanos() <= exchange.responseStartNanos());
  }

  private static String text(HttpMessage message) {
    String headers =
        String.join(
            "|",
            message.headers().stream()
                .filter(line -> !line.startsWith(":") && !line.startsWith("(reset by"))
                .map(line -> line.replace("\"", "'"))
                .toList());
    return message.connection() + " " + message.frame() + " " + message.line() + " " + headers;
  }

  /** One line for each HEADERS: a frame of the capture may hold several. */
  private static List<String> tshark(Path file, Path keys, int tls, int clear) {
    List<String> lines = new ArrayList<>();
    String out =
        Tools.run(
            "tshark",
            "-r",
            file.toString(),
            "-o",
            "tls.keylog_file:" + keys,
            "-d",
            "tcp.port==" + clear + ",http2",
            "-d",
            "tcp.port==" + tls + ",tls",
            "-Y",
            "http2.type == 1",
            "-T",
            "pdml");
    String frame = "";
    String stream = "";
    String method = "";
    String path = "";
    String status = "";
    String name = "";
    List<String> fields = new ArrayList<>();
    for (String line : (out + "\n<field name=\"http2.stream\"").lines().toList()) {
      String field = attribute(line, "name");
      String show = attribute(line, "show");
      switch (field) {
        case "frame.number" -> frame = show;
        case "tcp.stream" -> stream = show;
        case "http2.headers.method" -> method = show;
        case "http2.headers.path" -> path = show;
        case "http2.headers.status" -> status = show;
        case "http2.header.name" -> name = show;
        case "http2.header.value" -> {
          if (!name.startsWith(":")) {
            fields.add(name + ": " + show.replace("&quot;", "'").replace("\\'", "'"));
          }
        }
        default -> {}
      }
      boolean over = line.contains("name=\"http2.stream\"") || line.contains("</packet>");
      if (over && !(method + status).isEmpty()) {
        String start = method.isEmpty() ? "HTTP/2 " + status : method + " " + path + " HTTP/2";
        lines.add(stream + " " + frame + " " + start + " " + String.join("|", fields));
      }
      if (over) {
        method = "";
        path = "";
        status = "";
        fields.clear();
      }
    }
    return lines;
  }

  private static String attribute(String line, String name) {
    int at = line.indexOf(" " + name + "=\"");
    int from = at + name.length() + 3;
    return at < 0
        ? ""
        : line.substring(from, line.indexOf('"', from))
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&");
  }

  private void prepare(int tls, int clear) throws IOException {
    Files.writeString(
        directory.resolve("nginx.conf"),
        CONFIGURATION
            .replace("DIR", directory.toString())
            .replace("TLS", "" + tls)
            .replace("CLEAR", "" + clear));
    Path www = Files.createDirectories(directory.resolve("www"));
    Files.writeString(www.resolve("index.html"), "<script src=script.js></script><img src=big>hi");
    Files.writeString(www.resolve("script.js"), "var x = 1;");
    Files.writeString(www.resolve("big"), "x".repeat(100_000));
    // nginx gives up root's rights.
    Tools.run("chmod", "-R", "a+rX", directory.toString());
    Tools.run(
        "openssl",
        "req",
        "-x509",
        "-nodes",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-keyout",
        directory + "/c.key",
        "-out",
        directory + "/c.crt",
        "-days",
        "2",
        "-subj",
        "/CN=127.0.0.1");
  }

  private static void curl(Path keys, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "curl",
                "-s",
                "-m",
                "60",
                "--retry",
                "20",
                "--retry-connrefused",
                "--retry-delay",
                "1"));
    command.addAll(List.of(arguments));
    run(keys, command);
  }

  private void chromium(Path keys, String url) throws Exception {
    run(
        keys,
        List.of(
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--ignore-certificate-errors",
            "--user-data-dir=" + directory.resolve("profile"),
            "--dump-dom",
            url));
  }

  private static void run(Path keys, List<String> command) throws Exception {
    Path out = Files.createTempFile(keys.getParent(), "client", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
    builder.environment().put("SSLKEYLOGFILE", keys.toString());
    Process process = start(builder);
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " does not come to an end");
    }
    String said = Files.readString(out, StandardCharsets.ISO_8859_1);
    assertThat(process.exitValue()).as("%s: %s", command, said).isZero();
  }

  private static Process start(String... command) {
    return start(
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD));
  }

  private static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new AssertionError("this test needs the program " + builder.command().get(0), e);
    }
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy();
    process.waitFor(10, TimeUnit.SECONDS);
  }
}
