package io.handshakelab.http;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tcp.StreamView;
import org.jspecify.annotations.Nullable;

/** Tells HTTP/2 by its bytes, and finds frames where their beginning was not captured. */
final class Http2Start {
  /** A run of so many plausible frames is no accident. */
  private static final int RUN = 4;

  /** One frame of the usual size, with its header, lies before the next. */
  private static final int WINDOW = 16_384 + Http2Frame.HEADER;

  private Http2Start() {}

  /**
   * Whether the two ends speak HTTP/2: the client begins with the preface (RFC 9113 §3.4), or,
   * where it was not captured, the server with SETTINGS, or both are joined in the middle of it.
   */
  static boolean isHttp2(@Nullable StreamView client, @Nullable StreamView server) {
    if (client != null && client.length() > 0 && client.gapBefore() == null) {
      return client.length() >= Http2Frame.PREFACE.length()
          && client.slice(0, Http2Frame.PREFACE.length()).equals(Http2Frame.PREFACE);
    }
    if (server != null && server.length() > 0 && server.gapBefore() == null) {
      return beginsWithSettings(server.bytes());
    }
    return isJoined(client) && isJoined(server) && (client != null || server != null);
  }

  /** Offset of the first frame of a run at or after {@code from}, or -1. */
  static int find(Bytes bytes, int from) {
    int last = Math.min(bytes.length() - Http2Frame.HEADER, from + WINDOW);
    for (int at = from; at <= last; at++) {
      if (isRun(bytes, at, RUN)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean isJoined(@Nullable StreamView view) {
    return view == null || view.length() == 0 || find(view.bytes(), 0) >= 0;
  }

  private static boolean beginsWithSettings(Bytes bytes) {
    Http2Frame first = Http2Frame.at(bytes, 0);
    return first != null
        && first.type() == Http2Frame.SETTINGS
        && first.flags() == 0
        && first.isPlausible()
        && first.end() < bytes.length()
        && isRun(bytes, (int) first.end(), 1);
  }

  /** Several plausible frames, or two at least up to the very end. */
  private static boolean isRun(Bytes bytes, int from, int length) {
    long at = from;
    for (int frames = 0; frames < length; frames++) {
      Http2Frame frame = at > bytes.length() ? null : Http2Frame.at(bytes, (int) at);
      if (frame == null || !frame.isTelling()) {
        return frame == null && at == bytes.length() && frames >= 2;
      }
      at = frame.end();
    }
    return true;
  }
}
