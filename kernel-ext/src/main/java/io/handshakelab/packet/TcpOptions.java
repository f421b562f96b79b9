package io.handshakelab.packet;

import io.handshakelab.bytes.Bytes;

/** The TCP options that say how to read the rest of a connection (RFC 9293 §3.1). */
final class TcpOptions {
  private int windowScale;
  private int maximumSegmentSize;
  private boolean sackPermitted;

  void read(Bytes data, int from, int to) {
    windowScale = -1;
    maximumSegmentSize = -1;
    sackPermitted = false;
    int at = from;
    while (at < to && data.u8(at) != 0) {
      if (data.u8(at) == 1) {
        at++;
        continue;
      }
      int length = at + 1 < to ? data.u8(at + 1) : 0;
      if (length < 2 || length > to - at) {
        return;
      }
      option(data, at, length);
      at += length;
    }
  }

  int windowScale() {
    return windowScale;
  }

  int maximumSegmentSize() {
    return maximumSegmentSize;
  }

  boolean sackPermitted() {
    return sackPermitted;
  }

  private void option(Bytes data, int at, int length) {
    int kind = data.u8(at);
    if (kind == 2 && length == 4) {
      maximumSegmentSize = data.u16(at + 2);
    } else if (kind == 3 && length == 3) {
      // RFC 7323 §2.3: a shift above 14 counts as 14.
      windowScale = Math.min(data.u8(at + 2), 14);
    } else if (kind == 4 && length == 2) {
      sackPermitted = true;
    }
  }
}
