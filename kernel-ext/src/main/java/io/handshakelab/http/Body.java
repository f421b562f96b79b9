package io.handshakelab.http;

import io.handshakelab.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How far the content of a message goes (RFC 9112 §6.3).
 *
 * @param length octets of content that were seen, without the chunks' own lines
 * @param end offset in the stream of what follows
 * @param whole whether all of it was seen, so that another message may follow
 * @param wanted offset at which it would end, also behind the end of the stream; -1 if not known
 * @param trailers the fields behind the chunks (RFC 9112 §7.1.2)
 */
record Body(long length, int end, boolean whole, long wanted, List<String> trailers) {
  private static final int LINE_LIMIT = 4096;

  Body {
    trailers = List.copyOf(trailers);
  }

  static Body none(int at) {
    return new Body(0, at, true, at, List.of());
  }

  /** All that is there, and nobody knows how much is missing. */
  private static Body open(long length, int end) {
    return new Body(length, end, false, -1, List.of());
  }

  static Body ofRequest(Head head, Bytes stream) {
    if (head.isChunked()) {
      return chunked(stream, head.end());
    }
    if (head.isTransferCoded()) {
      return open(stream.length() - head.end(), stream.length());
    }
    OptionalLong length = head.contentLength();
    return length.isPresent() ? counted(stream, head.end(), length.getAsLong()) : none(head.end());
  }

  /**
   * What answers {@code method}: HEAD, CONNECT, 1xx, 204 and 304 have no content (RFC 9112 §6.3, 1
   * and 2).
   */
  static Body ofResponse(Head head, String method, Bytes stream) {
    int status = head.status();
    if (method.equals("HEAD")
        || status < 200
        || status == 204
        || status == 304
        || Head.opensTunnel(method, status)) {
      return none(head.end());
    }
    if (head.isChunked()) {
      return chunked(stream, head.end());
    }
    OptionalLong length = head.contentLength();
    return length.isPresent() && !head.isTransferCoded()
        ? counted(stream, head.end(), length.getAsLong())
        : open(stream.length() - head.end(), stream.length());
  }

  private static Body counted(Bytes stream, int from, long length) {
    int there = stream.length() - from;
    return there >= length
        ? new Body(length, from + (int) length, true, from + length, List.of())
        : new Body(there, stream.length(), false, from + length, List.of());
  }

  /** RFC 9112 §7.1: each chunk has its size in hexadecimal before it; one of size 0 is the last. */
  private static Body chunked(Bytes stream, int from) {
    long length = 0;
    int at = from;
    while (true) {
      int feed = lineEnd(stream, at);
      long size = feed < 0 ? -1 : size(stream.slice(at, feed).latin1());
      if (size < 0) {
        return open(length, at);
      }
      at = feed + 1;
      if (size == 0) {
        return trailers(stream, at, length);
      }
      int there = stream.length() - at;
      if (there < size) {
        return open(length + there, stream.length());
      }
      length += size;
      at += (int) size;
      feed = lineEnd(stream, at);
      if (feed < 0 || feed > at + 1) {
        return open(length, at);
      }
      at = feed + 1;
    }
  }

  private static Body trailers(Bytes stream, int from, long length) {
    List<String> fields = new ArrayList<>();
    int at = from;
    while (at - from < Head.LIMIT) {
      int feed = lineEnd(stream, at);
      if (feed < 0) {
        break;
      }
      String line = Head.text(stream, at, feed);
      at = feed + 1;
      if (line.isEmpty()) {
        return new Body(length, at, true, at, fields);
      }
      if (!Head.add(fields, line)) {
        break;
      }
    }
    return open(length, at);
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
