package io.handshakelab.http;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.capture.Evidence;
import io.handshakelab.tcp.StreamView;
import java.util.ArrayList;
import java.util.List;

/** A header block: one HEADERS or PUSH_PROMISE, and CONTINUATIONs (RFC 9113 §4.3). */
final class Http2Block {
  /** More is not opened, as a flood of CONTINUATIONs has no end. */
  static final int LIMIT = 1 << 20;

  private final List<Bytes> fragments = new ArrayList<>();
  private final int carrier;
  private final int promised;
  private final boolean endsStream;
  private final long startNanos;
  private final Evidence evidence;
  private StreamView lastView;
  private int last;
  private int length;
  private boolean whole;

  /**
   * @param carrier the stream on which its frames come
   * @param promised the stream of the promised request, or 0
   */
  private Http2Block(
      int carrier, int promised, boolean endsStream, StreamView view, Http2Frame frame) {
    this.carrier = carrier;
    this.promised = promised;
    this.endsStream = endsStream;
    this.startNanos = view.timeNanosAt(frame.at());
    this.evidence = view.evidenceAt(frame.at());
    this.lastView = view;
    this.last = (int) frame.end() - 1;
  }

  /** Begun by a HEADERS or PUSH_PROMISE that the view has as a whole. */
  static Http2Block begin(StreamView view, Http2Frame frame, Bytes payload) throws Malformed {
    var reader = frame.unpadded(payload);
    int promised = 0;
    if (frame.type() == Http2Frame.PUSH_PROMISE) {
      promised = (int) reader.u32("the promised stream") & 0x7fff_ffff;
    } else if (frame.has(Http2Frame.WITH_PRIORITY)) {
      reader.bytes(5, "the priority");
    }
    boolean endsStream = frame.type() == Http2Frame.HEADERS && frame.has(Http2Frame.END_STREAM);
    Http2Block block = new Http2Block(frame.stream(), promised, endsStream, view, frame);
    block.add(view, frame, reader.rest());
    return block;
  }

  /** A fragment of it. */
  void add(StreamView view, Http2Frame frame, Bytes fragment) {
    lastView = view;
    last = (int) frame.end() - 1;
    whole = frame.has(Http2Frame.END_HEADERS);
    length += fragment.length();
    if (length <= LIMIT) {
      fragments.add(fragment);
    }
  }

  boolean isWhole() {
    return whole;
  }

  boolean isTooLong() {
    return length > LIMIT;
  }

  Bytes bytes() {
    return fragments.size() == 1 ? fragments.get(0) : Bytes.concat(fragments);
  }

  int carrier() {
    return carrier;
  }

  int promised() {
    return promised;
  }

  /** The stream of the message. */
  int stream() {
    return promised == 0 ? carrier : promised;
  }

  boolean endsStream() {
    return endsStream;
  }

  long startNanos() {
    return startNanos;
  }

  Evidence evidence() {
    return evidence;
  }

  StreamView lastView() {
    return lastView;
  }

  /** Offset of its last octet in {@link #lastView}. */
  int last() {
    return last;
  }
}
