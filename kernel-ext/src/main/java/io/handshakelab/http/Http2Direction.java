package io.handshakelab.http;

import io.handshakelab.bytes.ByteReader;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.capture.Capture;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.StreamView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The frames of one end of HTTP/2, and the messages that they make (RFC 9113 §8.1). */
final class Http2Direction {
  /** An end that sends so much nonsense is not listened to any longer. */
  private static final int FAULTS = 16;

  private final Capture capture;
  private final HeaderDecoder decoder;
  private final List<Http2Message> messages = new ArrayList<>();
  private final Map<Integer, Http2Message> latest = new HashMap<>();
  private final Map<Integer, String> resets = new HashMap<>();
  private final List<Placed> remarks = new ArrayList<>();
  private StreamView view;
  private Bytes bytes;
  private @Nullable Http2Block block;
  private @Nullable Http2Message cutOff;
  private int faults;

  private Http2Direction(Capture capture, StreamView view, TextBudget budget) {
    this.capture = capture;
    this.view = view;
    this.bytes = view.bytes();
    this.decoder = new HeaderDecoder(budget, view.gapBefore() == null);
  }

  /** Reads what this end sent from {@code from} on, and what came behind gaps. */
  static Http2Direction read(Capture capture, StreamView view, int from, TextBudget budget) {
    Http2Direction direction = new Http2Direction(capture, view, budget);
    boolean preface = direction.bytes.from(from).startsWith(Http2Frame.PREFACE);
    int start = preface ? from + Http2Frame.PREFACE.length() : from;
    direction.readAll(view.gapBefore() == null ? start : Http2Start.find(direction.bytes, from));
    return direction;
  }

  List<Http2Message> messages() {
    return messages;
  }

  /** Rows that are no messages: what is malformed, and the errors that ended the connection. */
  List<Placed> remarks() {
    return remarks;
  }

  /** Why this end reset a stream, by its number. */
  Map<Integer, String> resets() {
    return resets;
  }

  private void readAll(int start) {
    long next = start < 0 ? -1 : readView(start);
    for (StreamView behind = view.afterGap(); behind != null; behind = behind.afterGap()) {
      view = behind;
      bytes = behind.bytes();
      if (faults >= FAULTS) {
        return;
      }
      if (next < view.position() || view.missingBefore() < 0) {
        decoder.missedSomething();
        block = null;
        int found = Http2Start.find(bytes, 0);
        next = found < 0 ? -1 : readView(found);
      } else {
        int there = (int) Math.min(next - view.position(), bytes.length());
        body(cutOff, there, there - 1);
        next = there == bytes.length() ? next : readView(there);
      }
    }
  }

  /**
   * Reads the frames of one view.
   *
   * @return where, in all that this end sent, the frame behind a DATA frame begins in which the
   *     view ends, or -1 where the view ends in any other way
   */
  private long readView(int from) {
    int at = from;
    while (faults < FAULTS) {
      Http2Frame frame = Http2Frame.at(bytes, at);
      if (frame == null) {
        return -1;
      }
      String fault = frame.fault();
      if (fault != null) {
        fault(frame, fault);
      } else if (frame.end() > bytes.length()) {
        return cutOff(frame);
      } else {
        read(frame);
      }
      if (frame.end() > bytes.length()) {
        return -1;
      }
      at = (int) frame.end();
    }
    return -1;
  }

  /** A gap within DATA hides nothing else. */
  private long cutOff(Http2Frame frame) {
    if (frame.type() != Http2Frame.DATA) {
      return -1;
    }
    cutOff = latest.get(frame.stream());
    body(cutOff, bytes.length() - frame.at() - Http2Frame.HEADER, bytes.length() - 1);
    return view.position() + frame.end();
  }

  private void body(@Nullable Http2Message message, int octets, int last) {
    if (message != null && octets > 0) {
      message.addBody(octets, view, last, capture.timeNanos(view.readyFrameAt(last)));
    }
  }

  private void read(Http2Frame frame) {
    Bytes payload = frame.payload(bytes);
    try {
      Http2Block open = block;
      if (open != null) {
        continued(open, frame, payload);
        return;
      }
      switch (frame.type()) {
        case Http2Frame.DATA ->
            body(
                latest.get(frame.stream()),
                frame.unpadded(payload).remaining(),
                (int) frame.end() - 1);
        case Http2Frame.HEADERS, Http2Frame.PUSH_PROMISE ->
            continued(Http2Block.begin(view, frame, payload));
        case Http2Frame.RST_STREAM ->
            resets.put(frame.stream(), Http2Error.name(payload.reader().u32("the error code")));
        case Http2Frame.GOAWAY -> goAway(frame, payload.reader());
        case Http2Frame.CONTINUATION -> throw new Malformed(0, "CONTINUATION of nothing");
        default -> {}
      }
    } catch (Malformed e) {
      fault(frame, e.reason());
    }
  }

  /** RFC 9113 §4.3: no other frame may come before the block is whole. */
  private void continued(Http2Block open, Http2Frame frame, Bytes payload) throws Malformed {
    if (frame.type() != Http2Frame.CONTINUATION || frame.stream() != open.carrier()) {
      block = null;
      decoder.missedSomething();
      throw new Malformed(0, frame.name() + " within a header block");
    }
    open.add(view, frame, payload);
    continued(open);
  }

  private void continued(Http2Block open) {
    block = open.isWhole() ? null : open;
    if (open.isWhole()) {
      if (open.isTooLong()) {
        decoder.missedSomething();
        add(Http2Message.malformed(capture, open, "header block over " + Http2Block.LIMIT));
        return;
      }
      try {
        message(open, decoder.decode(open.bytes()));
      } catch (Malformed e) {
        add(Http2Message.malformed(capture, open, e.reason()));
      }
    }
  }

  private void message(Http2Block whole, HeaderFields fields) {
    boolean client = view.sender() == Sender.CLIENT || whole.promised() != 0;
    Http2Message before = latest.get(whole.stream());
    boolean trailers =
        whole.endsStream() && whole.promised() == 0 && !fields.hasPseudo() && !fields.hasUnknown();
    if (before != null && !before.isFollowed() && !fields.hasPseudo()) {
      long nanos = capture.timeNanos(view.readyFrameAt(whole.last()));
      before.addTrailers(fields, view, whole.last(), nanos);
    } else if (trailers && !client) {
      add(Http2Message.trailersOnly(capture, whole, fields));
    } else if (client) {
      add(Http2Message.request(capture, whole, fields));
    } else {
      add(Http2Message.response(capture, whole, fields));
    }
  }

  private void add(Http2Message message) {
    messages.add(message);
    latest.put(message.stream(), message);
  }

  /** RFC 9113 §6.8; an end without an error is no news. */
  private void goAway(Http2Frame frame, ByteReader reader) throws Malformed {
    long last = reader.u32("the last stream") & 0x7fff_ffff;
    long code = reader.u32("the error code");
    if (code != 0) {
      remark(frame, "GOAWAY " + Http2Error.name(code) + ", last stream " + last, reader.rest());
    }
  }

  private void fault(Http2Frame frame, String why) {
    faults++;
    remark(frame, "malformed: " + why, Bytes.EMPTY);
  }

  private void remark(Http2Frame frame, String line, Bytes debug) {
    int last = (int) Math.min(bytes.length(), frame.end()) - 1;
    int number = view.readyFrameAt(last);
    long nanos = capture.timeNanos(number);
    List<String> text =
        debug.isEmpty()
            ? List.of()
            : List.of(
                HeaderFields.oneLine(debug.slice(0, Math.min(1024, debug.length())).latin1()));
    HttpMessage message =
        new HttpMessage(view.connection(), number, nanos, view.sender(), line, text, 0);
    remarks.add(new Placed(message, "", 0, nanos, nanos, view.evidenceAt(last)));
  }
}
