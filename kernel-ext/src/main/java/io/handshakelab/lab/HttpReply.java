package io.handshakelab.lab;

import io.handshakelab.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The answer to one request (RFC 9112), read to its end or to a limit. The content is thrown away:
 * the capture has it.
 */
record HttpReply(int status, List<String> headers) {
  private static final int MAX_HEAD = 64 * 1024;
  private static final int MAX_BODY = 1 << 20;
  private static final int MAX_INTERIM = 10;

  HttpReply {
    headers = List.copyOf(headers);
  }

  /** The request of a visit. */
  static String request(VisitTarget target) {
    return "GET "
        + target.path()
        + " HTTP/1.1\r\n"
        + "Host: "
        + target.authority()
        + "\r\n"
        + "User-Agent: handshake-lab/0.1\r\n"
        + "Accept: text/html,*/*;q=0.8\r\n"
        + "\r\n";
  }

  /**
   * @throws NotHttp if what comes is something else
   */
  static HttpReply read(InputStream in) throws IOException {
    for (int i = 0; i < MAX_INTERIM; i++) {
      HttpReply reply = readHead(in);
      if (reply.status >= 200 || reply.status == 101) {
        reply.skipBody(in);
        return reply;
      }
    }
    throw new NotHttp("more than " + MAX_INTERIM + " interim answers");
  }

  /** The content of a good answer, if it comes whole and with its length; else nothing. */
  static Optional<Bytes> document(InputStream in) throws IOException {
    HttpReply reply = readHead(in);
    long length = reply.header("content-length").map(HttpReply::length).orElse(0L);
    if (reply.status != 200 || length == 0 || length > MAX_BODY) {
      return Optional.empty();
    }
    byte[] content = in.readNBytes((int) length);
    return content.length < length ? Optional.empty() : Optional.of(Bytes.wrap(content));
  }

  /** The other side speaks, but not HTTP. */
  static final class NotHttp extends IOException {
    private static final long serialVersionUID = 1L;

    NotHttp(String message) {
      super(message);
    }
  }

  boolean isRedirect() {
    return status >= 300 && status < 400 && header("location").isPresent();
  }

  Optional<String> header(String lowerCaseName) {
    String prefix = lowerCaseName + ":";
    return headers.stream()
        .filter(h -> h.toLowerCase(Locale.ROOT).startsWith(prefix))
        .map(h -> h.substring(prefix.length()).strip())
        .findFirst();
  }

  private static HttpReply readHead(InputStream in) throws IOException {
    int[] left = {MAX_HEAD};
    String statusLine = line(in, left);
    String[] parts = statusLine.split(" ", 3);
    if (!parts[0].startsWith("HTTP/1.") || parts.length < 2 || !parts[1].matches("[1-5]\\d\\d")) {
      throw new NotHttp("no status line");
    }
    List<String> headers = new ArrayList<>();
    for (String header = line(in, left); !header.isEmpty(); header = line(in, left)) {
      headers.add(header);
    }
    return new HttpReply(Integer.parseInt(parts[1]), headers);
  }

  /** RFC 9112 §6.3. */
  private void skipBody(InputStream in) throws IOException {
    if (status == 101 || status == 204 || status == 304) {
      return;
    }
    boolean chunked =
        header("transfer-encoding")
            .filter(v -> v.toLowerCase(Locale.ROOT).contains("chunked"))
            .isPresent();
    if (chunked) {
      skipChunks(in);
    } else {
      skip(in, header("content-length").map(HttpReply::length).orElse((long) MAX_BODY));
    }
  }

  private static void skipChunks(InputStream in) throws IOException {
    int[] left = {MAX_HEAD};
    long total = 0;
    while (total <= MAX_BODY) {
      String size = line(in, left).split(";", 2)[0].strip();
      if (!size.matches("[0-9a-fA-F]{1,8}")) {
        return;
      }
      long length = Long.parseLong(size, 16);
      if (length == 0) {
        while (!line(in, left).isEmpty()) {
          // Trailer fields.
        }
        return;
      }
      skip(in, length + 2);
      total += length;
    }
  }

  private static long length(String value) {
    return value.matches("\\d{1,18}") ? Long.parseLong(value) : MAX_BODY;
  }

  private static void skip(InputStream in, long length) throws IOException {
    byte[] buffer = new byte[8192];
    long left = Math.min(length, MAX_BODY);
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        return;
      }
      left -= read;
    }
  }

  private static String line(InputStream in, int[] left) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw line.isEmpty() ? new java.io.EOFException("no answer") : new NotHttp("cut off");
      }
      if (left[0]-- <= 0) {
        throw new NotHttp("no end of the head within " + MAX_HEAD + " bytes");
      }
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }
}
