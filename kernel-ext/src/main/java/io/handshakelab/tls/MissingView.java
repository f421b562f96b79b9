package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Evidence;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.StreamView;

/**
 * A place in a stream at which nothing can be read, for the row that says so: known from what came
 * behind it.
 *
 * @param position of the first missing byte in all that this end sent
 * @param frame with which it became clear that something is missing
 */
record MissingView(int connection, Sender sender, long position, int frame) implements StreamView {

  /** At the end of this view. */
  static MissingView behind(StreamView before, int frame) {
    return new MissingView(
        before.connection(), before.sender(), before.position() + before.length(), frame);
  }

  @Override
  public Bytes bytes() {
    return Bytes.EMPTY;
  }

  @Override
  public boolean cutOff() {
    return true;
  }

  @Override
  public int frameAt(int offset) {
    return frame;
  }

  @Override
  public int readyFrameAt(int offset) {
    return frame;
  }

  @Override
  public long timeNanosAt(int offset) {
    throw new UnsupportedOperationException("the time is that of the frame");
  }

  /** Of the missing byte itself: the first byte of a stream has the relative number 1. */
  @Override
  public long seqAt(int offset) {
    return position + 1;
  }

  @Override
  public long ackAt(int offset) {
    return -1;
  }

  @Override
  public Evidence evidenceAt(int offset) {
    return Evidence.INFERRED;
  }
}
