package io.handshakelab.simulate.https;

import io.handshakelab.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What client and servers of a simulated visit say in HTTP/1.1 (RFC 9112). */
final class Http {
  static final String HOST = "www.lab.test";

  /** RFC 9110 §5.6.7. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private static final String LENGTH = "\r\nContent-Length: ";
  private static final String END = "\r\n\r\n";
  private static final String PAGE =
      """
      <!doctype html>
      <title>Handshake Lab</title>
      <h1>It works</h1>
      <p>This page came over TLS, through a network that is only simulated.</p>
      """;

  private Http() {}

  static String request() {
    return "GET / HTTP/1.1\r\nHost: "
        + HOST
        + "\r\nUser-Agent: handshake-lab/0.1\r\nAccept: text/html,*/*;q=0.8"
        + END;
  }

  /** RFC 9110 §15.4.3. */
  static String redirect(Instant now) {
    return response("302 Found", "Location: https://" + HOST + "/\r\n", "", now);
  }

  static String page(Instant now) {
    return response("200 OK", "", PAGE, now);
  }

  private static String response(String status, String header, String body, Instant now) {
    return "HTTP/1.1 "
        + status
        + "\r\nDate: "
        + DATE.format(now)
        + "\r\nServer: handshake-lab\r\n"
        + header
        + "Content-Type: text/html; charset=utf-8"
        + LENGTH
        + body.length()
        + END
        + body;
  }

  static Bytes bytes(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** What one end has heard so far. */
  static final class Ear {
    private final StringBuilder heard = new StringBuilder();

    void hear(byte[] octets) {
      heard.append(new String(octets, StandardCharsets.US_ASCII));
    }

    /** Takes one whole message out of what was heard; null if there is none yet. */
    @Nullable String message() {
      int head = heard.indexOf(END);
      if (head < 0) {
        return null;
      }
      int at = heard.indexOf(LENGTH);
      int length = at < 0 || at > head ? 0 : number(at + LENGTH.length());
      int end = head + END.length() + length;
      if (heard.length() < end) {
        return null;
      }
      String message = heard.substring(0, end);
      heard.delete(0, end);
      return message;
    }

    private int number(int from) {
      return Integer.parseInt(heard.substring(from, heard.indexOf("\r\n", from)));
    }
  }
}
