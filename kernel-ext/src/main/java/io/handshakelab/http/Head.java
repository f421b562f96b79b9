package io.handshakelab.http;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tcp.StreamView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The start line and the fields of one message (RFC 9112 §2.1), of HTTP/1.x only. */
record Head(String line, List<String> headers, int end) {
  /** Heads that are longer are not read. */
  static final int LIMIT = 64 << 10;

  /** Folding lines onto longer ones would take time beyond reason. */
  private static final int FOLDED_LIMIT = 8 << 10;

  private static final int LINE_LIMIT = 8 << 10;

  /** So often a head is looked for that then is none. */
  private static final int TRIES = 256;

  private static final Bytes VERSION = Bytes.utf8("HTTP/1.");

  private static final Pattern REQUEST =
      Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+ [^\\s\\x00-\\x1f]+ HTTP/1\\.[0-9]");

  /** Without a target, or with spaces in it, it is answered with an error (RFC 9112 §3.2). */
  private static final Pattern BAD_REQUEST =
      Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+( [^\\x00-\\x1f]+)? HTTP/1\\.[0-9]");

  private static final Pattern STATUS =
      Pattern.compile("HTTP/1\\.[0-9] [1-9][0-9]{2}( [^\\x00-\\x08\\x0a-\\x1f]*)?");
  private static final Pattern FIELD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+:.*");

  Head {
    headers = List.copyOf(headers);
  }

  /** The head that begins here, null where there is no whole one of the right shape. */
  static @Nullable Head read(Bytes stream, int from, boolean request) {
    return read(stream, from, request ? BAD_REQUEST : STATUS);
  }

  /**
   * Where a head begins that is also the beginning of a segment, or -1: for streams whose messages
   * cannot be followed because something is missing.
   */
  static int find(StreamView view, Bytes stream, boolean request) {
    int tries = 0;
    for (int at = version(stream, 0); at >= 0; at = version(stream, at + 1)) {
      int line = request ? lineStart(stream, at) : at;
      if (line == 0 || view.frameAt(line) != view.frameAt(line - 1)) {
        if (read(stream, line, request ? REQUEST : STATUS) != null) {
          return line;
        }
        if (++tries == TRIES) {
          return -1;
        }
      }
    }
    return -1;
  }

  private static int version(Bytes stream, int from) {
    int at = stream.indexOf('H', from);
    while (at >= 0 && !stream.from(at).startsWith(VERSION)) {
      at = stream.indexOf('H', at + 1);
    }
    return at;
  }

  private static int lineStart(Bytes stream, int from) {
    int at = from;
    while (at > 0 && from - at < LINE_LIMIT && stream.u8(at - 1) != '\n') {
      at--;
    }
    return at;
  }

  /** RFC 9112 §2.2: empty lines before a request line are ignored. */
  static int skipEmptyLines(Bytes bytes, int from) {
    int at = from;
    while (at < bytes.length()
        && at - from < 16
        && (bytes.u8(at) == '\r' || bytes.u8(at) == '\n')) {
      at++;
    }
    return at;
  }

  /** Whether another protocol may follow this request (RFC 9110 §7.8 and §9.3.6). */
  boolean mayChangeProtocol() {
    return method().equals("CONNECT") || values("upgrade").length() > 0;
  }

  /** RFC 9110 §9.3.6. */
  static boolean opensTunnel(String method, int status) {
    return method.equals("CONNECT") && status / 100 == 2;
  }

  /** Whether a field holds this word, in either case of letters. */
  boolean has(String name, String word) {
    for (String value : values(name).split(",", -1)) {
      if (value.strip().equalsIgnoreCase(word)) {
        return true;
      }
    }
    return false;
  }

  /** The first word of a request line. */
  String method() {
    return line.substring(0, line.indexOf(' '));
  }

  /** The second word of a status line. */
  int status() {
    return Integer.parseInt(line.substring(9, 12));
  }

  /** RFC 9112 §6.1: chunked is the last transfer coding. */
  boolean isChunked() {
    return values("transfer-encoding").toLowerCase(Locale.ROOT).strip().endsWith("chunked");
  }

  /** Whether there is any transfer coding; then a length does not count (RFC 9112 §6.3, 3). */
  boolean isTransferCoded() {
    return !values("transfer-encoding").isBlank();
  }

  /** RFC 9110 §8.6; empty where it is missing, or not one number, which may be repeated. */
  OptionalLong contentLength() {
    long length = -1;
    for (String each : values("content-length").split(",", -1)) {
      String value = each.strip();
      boolean number = !value.isEmpty() && value.length() <= 18;
      for (int i = 0; i < value.length(); i++) {
        number &= value.charAt(i) >= '0' && value.charAt(i) <= '9';
      }
      long told = number ? Long.parseLong(value) : -1;
      if (told < 0 || (length >= 0 && told != length)) {
        return OptionalLong.empty();
      }
      length = told;
    }
    return OptionalLong.of(length);
  }

  /** The values of all fields of this name as one list (RFC 9110 §5.3). */
  private String values(String name) {
    StringBuilder all = new StringBuilder();
    for (String header : headers) {
      if (isNamed(header, name)) {
        all.append(all.isEmpty() ? "" : ",").append(header, name.length() + 1, header.length());
      }
    }
    return all.toString();
  }

  private static boolean isNamed(String header, String name) {
    return header.length() > name.length()
        && header.charAt(name.length()) == ':'
        && header.regionMatches(true, 0, name, 0, name.length());
  }

  private static @Nullable Head read(Bytes stream, int from, Pattern start) {
    int limit = Math.min(stream.length(), from + LIMIT);
    @Nullable String line = null;
    List<String> headers = new ArrayList<>();
    int at = from;
    while (at < limit) {
      int feed = stream.slice(0, limit).indexOf('\n', at);
      if (feed < 0) {
        return null;
      }
      String text = text(stream, at, feed);
      at = feed + 1;
      if (line == null) {
        if (!start.matcher(text).matches()) {
          return null;
        }
        line = text;
      } else if (text.isEmpty()) {
        return new Head(line, headers, at);
      } else if (!add(headers, text)) {
        return null;
      }
    }
    return null;
  }

  /** RFC 9112 §5.2: a line that begins with white space belongs to the one before. */
  static boolean add(List<String> headers, String text) {
    boolean folded = text.charAt(0) == ' ' || text.charAt(0) == '\t';
    if (folded && !headers.isEmpty()) {
      int last = headers.size() - 1;
      if (headers.get(last).length() > FOLDED_LIMIT) {
        return false;
      }
      headers.set(last, headers.get(last) + " " + text.strip());
      return true;
    }
    if (!FIELD.matcher(text).matches()) {
      return false;
    }
    int colon = text.indexOf(':');
    headers.add(text.substring(0, colon) + ": " + text.substring(colon + 1).strip());
    return true;
  }

  /** RFC 9112 §2.2: a line ends with CRLF, and a lone LF may be taken for it. */
  static String text(Bytes stream, int from, int feed) {
    boolean carriageReturn = feed > from && stream.u8(feed - 1) == '\r';
    return stream.slice(from, carriageReturn ? feed - 1 : feed).latin1();
  }
}
