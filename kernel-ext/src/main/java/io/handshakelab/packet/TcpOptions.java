package io.handshakelab.packet;

import io.handshakelab.bytes.Bytes;

/** The TCP options that say how to read the rest of a connection (RFC 9293 §3.1). */
final class TcpOptions {
  private Bytes data = Bytes.EMPTY;
  private int from;
  private int to;
  private boolean isRead;
  private int windowScale;
  private int maximumSegmentSize;
  private boolean sackPermitted;

  void lieIn(Bytes data, int from, int to) {
    this.data = data;
    this.from = from;
    this.to = to;
    isRead = false;
  }

  private void read() {
    if (isRead) {
      return;
    }
    isRead = true;
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
      option(at, length);
      at += length;
    }
  }

  int windowScale() {
    read();
    return windowScale;
  }

  int maximumSegmentSize() {
    read();
    return maximumSegmentSize;
  }

  boolean sackPermitted() {
    read();
    return sackPermitted;
  }

  private void option(int at, int length) {
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
