package io.handshakelab.http;

import io.handshakelab.bytes.Bytes;
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

  private static final Pattern REQUEST =
      Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+ [^\\s\\x00-\\x1f]+ HTTP/1\\.[0-9]");
  private static final Pattern STATUS =
      Pattern.compile("HTTP/1\\.[0-9] [1-9][0-9]{2}( [^\\x00-\\x08\\x0a-\\x1f]*)?");
  private static final Pattern FIELD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+:.*");

  Head {
    headers = List.copyOf(headers);
  }

  static @Nullable Head request(Bytes stream, int from) {
    return read(stream, from, REQUEST);
  }

  static @Nullable Head response(Bytes stream, int from) {
    return read(stream, from, STATUS);
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
    String last = "";
    for (String header : headers) {
      if (isNamed(header, "transfer-encoding")) {
        last = header.toLowerCase(Locale.ROOT).strip();
      }
    }
    return last.endsWith("chunked");
  }

  /** RFC 9110 §8.6; empty where it is missing or not one number. */
  OptionalLong contentLength() {
    for (String header : headers) {
      if (isNamed(header, "content-length")) {
        String value = header.substring(header.indexOf(':') + 1).strip();
        boolean number = !value.isEmpty() && value.length() <= 18;
        for (int i = 0; i < value.length(); i++) {
          number &= value.charAt(i) >= '0' && value.charAt(i) <= '9';
        }
        return number ? OptionalLong.of(Long.parseLong(value)) : OptionalLong.empty();
      }
    }
    return OptionalLong.empty();
  }

  private static boolean isNamed(String header, String name) {
    return header.length() > name.length()
        && header.charAt(name.length()) == ':'
        && header.regionMatches(true, 0, name, 0, name.length());
  }

  /** Null where there is no whole head of the right shape. */
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
  private static boolean add(List<String> headers, String text) {
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
  private static String text(Bytes stream, int from, int feed) {
    boolean carriageReturn = feed > from && stream.u8(feed - 1) == '\r';
    return stream.slice(from, carriageReturn ? feed - 1 : feed).latin1();
  }
}
