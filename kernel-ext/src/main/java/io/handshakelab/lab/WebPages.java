package io.handshakelab.lab;

import io.handshakelab.bytes.Bytes;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the two web servers of the lab say: the HTTP one sends everybody to HTTPS (RFC 9110
 * §15.4.3), the HTTPS one shows a page. Both keep the connection open until the client closes it.
 */
final class WebPages {
  private static final int MAX_HEAD = 16 * 1024;
  private static final int MAX_REQUESTS = 100;
  private static final int LINGER_MILLIS = 3_000;
  private static final String PAGE =
      """
      <!doctype html>
      <title>Handshake Lab</title>
      <h1>It works</h1>
      <p>This page came over TLS from the lab on your own machine.</p>
      """;

  private WebPages() {}

  private record Request(String method, String path, Bytes body, boolean keepAlive) {}

  private record Response(String status, String headers, String type, Bytes body) {
    static Response page(String status, String headers, String body) {
      return new Response(status, headers, "text/html; charset=utf-8", Bytes.utf8(body));
    }

    void write(OutputStream out, boolean withBody) throws IOException {
      String head =
          "HTTP/1.1 "
              + status
              + "\r\nServer: handshake-lab\r\n"
              + headers
              + "Content-Type: "
              + type
              + "\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n";
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      whole.writeBytes(head.getBytes(StandardCharsets.UTF_8));
      if (withBody) {
        whole.writeBytes(body.toArray());
      }
      out.write(whole.toByteArray());
      out.flush();
    }
  }

  /**
   * 302 to the same path at {@code origin}, such as {@code https://www.lab.test:8443}, except for
   * what the authority has published.
   */
  static WebService.Conversation redirectTo(String origin, Publications published) {
    return socket ->
        talk(
            socket.getInputStream(),
            socket.getOutputStream(),
            request ->
                published(published, request)
                    .map(d -> new Response("200 OK", "", d.type(), d.content()))
                    .orElseGet(() -> redirect(origin + request.path())));
  }

  private static Response redirect(String location) {
    return Response.page("302 Found", "Location: " + location + "\r\n", "");
  }

  private static Optional<Publications.Document> published(Publications all, Request request) {
    return switch (request.method()) {
      case "GET", "HEAD" -> all.get(request.path());
      case "POST" -> all.post(request.path(), request.body());
      default -> Optional.empty();
    };
  }

  /**
   * The page over TLS. A close_notify is answered by one (RFC 8446 §6.1), and then the client is
   * given a moment to close its side first, so that TIME-WAIT is the client's (RFC 9293 §3.6).
   */
  static WebService.Conversation pageOver(TlsEndpoint tls) {
    return socket -> {
      try (TlsEndpoint.Secured secured = tls.over(socket)) {
        talk(secured.input(), secured.output(), WebPages::page);
      } finally {
        // Also after an alert: to hang up on what is still on its way would take the alert back.
        awaitEnd(socket);
      }
    };
  }

  private static Response page(Request request) {
    boolean known = request.path().equals("/") || request.path().startsWith("/?");
    boolean readable = request.method().equals("GET") || request.method().equals("HEAD");
    if (!readable) {
      return Response.page("405 Method Not Allowed", "Allow: GET, HEAD\r\n", "");
    }
    return known
        ? Response.page("200 OK", "", PAGE)
        : Response.page("404 Not Found", "", "<!doctype html>\n<title>Not found</title>\n");
  }

  private interface Answerer {
    Response to(Request request);
  }

  private static void talk(InputStream in, OutputStream out, Answerer answerer) throws IOException {
    InputStream buffered = new BufferedInputStream(in);
    for (int i = 0; i < MAX_REQUESTS; i++) {
      Request request = read(buffered);
      if (request == null) {
        return;
      }
      boolean withBody = !request.method().equals("HEAD");
      answerer.to(request).write(out, withBody);
      if (!request.keepAlive()) {
        return;
      }
    }
  }

  /** The next request, or null when the client has said its last or talks nonsense. */
  private static @Nullable Request read(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int count = 0; count < MAX_HEAD; count++) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      if (next != '\n') {
        line.append((char) next);
        continue;
      }
      String text = line.toString().stripTrailing();
      line.setLength(0);
      if (!text.isEmpty()) {
        lines.add(text);
      } else if (!lines.isEmpty()) {
        return parse(lines, in);
      }
    }
    return null;
  }

  private static @Nullable Request parse(List<String> lines, InputStream in) throws IOException {
    String[] parts = lines.get(0).split(" ", -1);
    boolean clean = lines.get(0).chars().allMatch(c -> c >= ' ' && c < 0x7f);
    if (!clean
        || parts.length != 3
        || !parts[1].startsWith("/")
        || !parts[2].startsWith("HTTP/1.")) {
      return null;
    }
    boolean unread = false;
    boolean close = parts[2].equals("HTTP/1.0");
    Bytes body = Bytes.EMPTY;
    for (String header : lines.subList(1, lines.size())) {
      String lower = header.toLowerCase(Locale.ROOT);
      close |= lower.startsWith("connection:") && lower.contains("close");
      unread |= lower.startsWith("transfer-encoding:");
      if (lower.startsWith("content-length:")) {
        String length = lower.substring("content-length:".length()).strip();
        boolean small = length.matches("\\d{1,5}") && Integer.parseInt(length) <= MAX_HEAD;
        unread |= !small;
        body = small ? Bytes.wrap(in.readNBytes(Integer.parseInt(length))) : body;
      }
    }
    // What follows a body that was not read cannot be understood.
    return new Request(parts[0], parts[1], body, !close && !unread);
  }

  private static void awaitEnd(Socket socket) throws IOException {
    socket.setSoTimeout(LINGER_MILLIS);
    byte[] rest = new byte[1024];
    InputStream in = socket.getInputStream();
    for (int i = 0; i < 16 && in.read(rest) >= 0; i++) {
      // What comes after close_notify has no meaning.
    }
  }
}
