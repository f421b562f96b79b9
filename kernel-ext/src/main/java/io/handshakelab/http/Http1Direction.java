package io.handshakelab.http;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.tcp.StreamView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages of one end of HTTP/1.x, one after the other, and those behind gaps. */
final class Http1Direction {
  private final Capture capture;
  private final boolean requests;
  private @Nullable StreamView view;
  private Bytes bytes;
  private int at;
  private boolean incomplete;

  /** What {@link #again} goes back to. */
  private @Nullable StreamView viewBefore;

  Http1Direction(Capture capture, @Nullable StreamView view, boolean requests) {
    this.capture = capture;
    this.requests = requests;
    this.view = view;
    this.bytes = view == null ? Bytes.EMPTY : view.bytes();
    if (view != null && view.gapBefore() != null) {
      lookForHead(view);
    }
  }

  @Nullable StreamView view() {
    return view;
  }

  /** Offset in {@link #view} of what has not been read. */
  int position() {
    return at;
  }

  boolean hasMore() {
    return view != null && at < bytes.length();
  }

  /** Whether messages may be missing, so that counting them says nothing. */
  boolean isIncomplete() {
    return incomplete;
  }

  /** The next message, null if there is none; a response answers this method. */
  @Nullable Http1Message next(String method) {
    while (view != null) {
      StreamView here = view;
      int from = requests ? Head.skipEmptyLines(bytes, at) : at;
      Head head = Head.read(bytes, from, requests);
      if (head != null) {
        return message(here, from, head, method);
      }
      StreamView behind = here.afterGap();
      if (behind == null) {
        return null;
      }
      enter(behind);
      lookForHead(behind);
    }
    return null;
  }

  /** The message once more, as the answer to another method. */
  Http1Message again(Http1Message message, String method) {
    StreamView before = viewBefore;
    if (before == null) {
      return message;
    }
    enter(before);
    return message(before, message.from(), message.head(), method);
  }

  private Http1Message message(StreamView start, int from, Head head, String method) {
    viewBefore = start;
    Body body = requests ? Body.ofRequest(head, bytes) : Body.ofResponse(head, method, bytes);
    Extent extent = new Extent(start.evidenceAt(from));
    extent.add(start, head.end() - 1, 0);
    extent.add(start, body.end() - 1, body.length());
    at = body.end();
    if (!body.whole()) {
      at = bytes.length();
      if (body.wanted() >= 0) {
        readBehindGaps(start, start.position() + body.wanted(), extent);
      }
    }
    List<String> headers = new ArrayList<>(head.headers());
    headers.addAll(body.trailers());
    int frame = start.readyFrameAt(head.end() - 1);
    HttpMessage message =
        new HttpMessage(
            start.connection(),
            frame,
            capture.timeNanos(frame),
            start.sender(),
            head.line(),
            headers,
            extent.body);
    Placed placed =
        new Placed(
            message,
            requests ? head.method() : "",
            requests ? 0 : head.status(),
            start.timeNanosAt(from),
            extent.endNanos,
            extent.evidence);
    return new Http1Message(placed, head, from, start.frameAt(from));
  }

  /** What there is of a body that ends at this position in all that was sent. */
  private void readBehindGaps(StreamView start, long end, Extent extent) {
    StreamView behind = start.afterGap();
    while (behind != null && behind.missingBefore() >= 0) {
      enter(behind);
      long rest = end - behind.position();
      if (rest < 0) {
        lookForHead(behind);
        return;
      }
      at = (int) Math.min(rest, bytes.length());
      if (at > 0) {
        extent.add(behind, at - 1, at);
      }
      behind = rest < bytes.length() ? null : behind.afterGap();
    }
  }

  /** How far a message goes. */
  private final class Extent {
    private long body;
    private long endNanos;
    private Evidence evidence;

    Extent(Evidence evidence) {
      this.evidence = evidence;
    }

    void add(StreamView in, int last, long octets) {
      body += octets;
      endNanos = Math.max(endNanos, capture.timeNanos(in.readyFrameAt(last)));
      Evidence seen = in.evidenceAt(last);
      evidence = seen.compareTo(evidence) > 0 ? seen : evidence;
    }
  }

  private void enter(StreamView other) {
    view = other;
    bytes = other.bytes();
    at = 0;
  }

  /** What begins a segment and looks like a head is taken for one. */
  private void lookForHead(StreamView in) {
    incomplete = true;
    int found = Head.find(in, bytes, requests);
    at = found < 0 ? bytes.length() : found;
  }
}
