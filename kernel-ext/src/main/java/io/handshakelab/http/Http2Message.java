package io.handshakelab.http;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.StreamView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request or a response on one stream, while its frames are being read. */
final class Http2Message {
  private final StreamView view;
  private final int stream;
  private final int frame;
  private final long timeNanos;
  private final long startNanos;
  private final String line;
  private final String method;
  private final int status;
  private final List<String> headers;
  private long bodyLength;
  private long endNanos;
  private Evidence evidence;

  private Http2Message(
      Capture capture,
      Http2Block block,
      String line,
      String method,
      int status,
      List<String> headers) {
    this.view = block.lastView();
    this.stream = block.stream();
    this.frame = view.readyFrameAt(block.last());
    this.timeNanos = capture.timeNanos(frame);
    this.startNanos = block.startNanos();
    this.line = line;
    this.method = method;
    this.status = status;
    this.headers = headers;
    this.endNanos = timeNanos;
    this.evidence = block.evidence();
    extendTo(view.evidenceAt(block.last()), timeNanos);
  }

  /** RFC 9113 §8.3.1; what could not be told of the request line is a question mark. */
  static Http2Message request(Capture capture, Http2Block block, HeaderFields fields) {
    String method = orUnknown(fields.pseudo(":method"));
    String path = fields.pseudo(":path");
    boolean tunnel = path == null && method.equals("CONNECT");
    String target = orUnknown(tunnel ? fields.pseudo(":authority") : path);
    List<String> headers = fields.linesWithout(":method", ":path");
    if (block.promised() != 0) {
      headers.add("(promised by the server on stream " + block.carrier() + ")");
    }
    return new Http2Message(capture, block, method + " " + target + " HTTP/2", method, 0, headers);
  }

  /** RFC 9113 §8.3.2. */
  static Http2Message response(Capture capture, Http2Block block, HeaderFields fields) {
    String status = orUnknown(fields.pseudo(":status"));
    return new Http2Message(
        capture,
        block,
        "HTTP/2 " + status,
        "",
        status.matches("[1-9][0-9]{2}") ? Integer.parseInt(status) : 0,
        fields.linesWithout(":status"));
  }

  /** The fields behind a message whose head is not in the capture. */
  static Http2Message trailersOnly(Capture capture, Http2Block block, HeaderFields fields) {
    return new Http2Message(
        capture, block, "HTTP/2 ?", "", 0, new ArrayList<>(fields.linesWithout()));
  }

  /** What a block that cannot be opened leaves. */
  static Http2Message malformed(Capture capture, Http2Block block, String why) {
    return new Http2Message(capture, block, "malformed: " + why, "", 0, new ArrayList<>());
  }

  int stream() {
    return stream;
  }

  /** Another message of the same end comes behind an interim response, or a promised request. */
  boolean isFollowed() {
    return status / 100 == 1 || (isRequest() && view.sender() == Sender.SERVER);
  }

  boolean isRequest() {
    return !method.isEmpty();
  }

  void addBody(int octets, StreamView in, int last, long nanos) {
    bodyLength += octets;
    extendTo(in.evidenceAt(last), nanos);
  }

  /** RFC 9113 §8.1: trailers stand behind the other fields. */
  void addTrailers(HeaderFields fields, StreamView in, int last, long nanos) {
    headers.addAll(fields.linesWithout());
    extendTo(in.evidenceAt(last), nanos);
  }

  void addNote(String note) {
    headers.add(note);
  }

  Placed placed() {
    HttpMessage message =
        new HttpMessage(
            view.connection(), frame, timeNanos, view.sender(), line, headers, bodyLength);
    return new Placed(message, method, status, startNanos, endNanos, evidence);
  }

  private void extendTo(Evidence seen, long nanos) {
    endNanos = Math.max(endNanos, nanos);
    evidence = seen.compareTo(evidence) > 0 ? seen : evidence;
  }

  private static String orUnknown(@Nullable String text) {
    return text == null ? "?" : text;
  }
}
