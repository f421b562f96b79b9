package io.handshakelab.http;

import io.handshakelab.bytes.Bytes;
import java.util.OptionalLong;

/**
 * How far the content of a message goes (RFC 9112 §6.3).
 *
 * @param length octets of content that were seen, without the chunks' own lines
 * @param end offset in the stream of what follows
 * @param whole whether all of it was seen, so that another message may follow
 */
record Body(long length, int end, boolean whole) {
  private static final int LINE_LIMIT = 4096;

  static Body none(int at) {
    return new Body(0, at, true);
  }

  static Body ofRequest(Head head, Bytes stream) {
    if (head.isChunked()) {
      return chunked(stream, head.end());
    }
    OptionalLong length = head.contentLength();
    return length.isPresent() ? counted(stream, head.end(), length.getAsLong()) : none(head.end());
  }

  /** What answers {@code method}: HEAD, 1xx, 204 and 304 have no content (RFC 9112 §6.3, 1). */
  static Body ofResponse(Head head, String method, Bytes stream) {
    int status = head.status();
    if (method.equals("HEAD") || status < 200 || status == 204 || status == 304) {
      return none(head.end());
    }
    if (head.isChunked()) {
      return chunked(stream, head.end());
    }
    OptionalLong length = head.contentLength();
    return length.isPresent()
        ? counted(stream, head.end(), length.getAsLong())
        : new Body(stream.length() - head.end(), stream.length(), false);
  }

  private static Body counted(Bytes stream, int from, long length) {
    int there = stream.length() - from;
    return there >= length
        ? new Body(length, from + (int) length, true)
        : new Body(there, stream.length(), false);
  }

  /** RFC 9112 §7.1: each chunk has its size in hexadecimal before it; one of size 0 is the last. */
  private static Body chunked(Bytes stream, int from) {
    long length = 0;
    int at = from;
    while (true) {
      int feed = lineEnd(stream, at);
      long size = feed < 0 ? -1 : size(stream.slice(at, feed).latin1());
      if (size < 0) {
        return new Body(length, at, false);
      }
      at = feed + 1;
      if (size == 0) {
        return trailers(stream, at, length);
      }
      int there = stream.length() - at;
      if (there < size) {
        return new Body(length + there, stream.length(), false);
      }
      length += size;
      at += (int) size;
      feed = lineEnd(stream, at);
      if (feed < 0 || feed > at + 1) {
        return new Body(length, at, false);
      }
      at = feed + 1;
    }
  }

  private static Body trailers(Bytes stream, int from, long length) {
    int at = from;
    while (at - from < Head.LIMIT) {
      int feed = lineEnd(stream, at);
      if (feed < 0) {
        break;
      }
      boolean empty = feed == at || (feed == at + 1 && stream.u8(at) == '\r');
      at = feed + 1;
      if (empty) {
        return new Body(length, at, true);
      }
    }
    return new Body(length, at, false);
  }

  private static int lineEnd(Bytes stream, int at) {
    int limit = Math.min(stream.length(), at + LINE_LIMIT);
    return at >= limit ? -1 : stream.slice(0, limit).indexOf('\n', at);
  }

  /** The size, which extensions may follow, or -1. */
  private static long size(String line) {
    int end = 0;
    while (end < line.length() && Character.digit(line.charAt(end), 16) >= 0) {
      end++;
    }
    String rest = line.substring(end).strip();
    boolean right = end > 0 && end <= 15 && (rest.isEmpty() || rest.startsWith(";"));
    return right ? Long.parseLong(line.substring(0, end), 16) : -1;
  }
}
