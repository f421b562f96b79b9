package io.handshakelab.tcp;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * What one end sent, in order and without a gap, with the way back from each byte to the frame that
 * brought it. What came behind a gap is a view of its own: {@link #afterGap}. The decrypted content
 * of a TLS connection is such a view as well. Offsets count from the first byte of the view.
 */
public interface StreamView {
  /** Number of the TCP connection, from 0. */
  int connection();

  Sender sender();

  /**
   * All bytes of the view, put together and kept until {@link #release}: for a long stream, {@link
   * #slice} costs less.
   */
  Bytes bytes();

  /** Number of bytes in this view; finding it out joins nothing. */
  default int length() {
    return bytes().length();
  }

  /** Some of the bytes, not kept: where one segment holds all of them, they are not even copied. */
  default Bytes slice(int from, int to) {
    return bytes().slice(from, to);
  }

  /** As many bytes from here on as are to be had without copying: at least one, if there is one. */
  default Bytes uncopied(int from) {
    return bytes().from(from);
  }

  /** True if something is missing behind this view: lost, snapped off, or over the limit. */
  boolean cutOff();

  /** Offset of this view's first byte in everything that this end sent: 0 for the first view. */
  default long position() {
    return 0;
  }

  /** Why bytes are missing in front of this view, or null if it is the start of the stream. */
  default @Nullable Gap gapBefore() {
    return null;
  }

  /** How many bytes are missing in front of this view, or -1 if that is not known. */
  default long missingBefore() {
    return 0;
  }

  /** Why bytes are missing behind this view, or null if none are. */
  default @Nullable Gap gap() {
    return null;
  }

  /** How many bytes are missing behind this view, or -1 if that is not known. */
  default long missing() {
    return cutOff() ? -1 : 0;
  }

  /** What came behind the gap that ends this view, up to the next one; null if nothing came. */
  default @Nullable StreamView afterGap() {
    return null;
  }

  /** Drops what {@link #bytes} put together, here and behind the gaps; it can be had again. */
  default void release() {}

  /** Number of the frame in which the byte at this offset arrived first. */
  int frameAt(int offset);

  /**
   * Number of the frame with which everything in this view up to and including the byte at this
   * offset had arrived: the highest of {@link #frameAt} over all offsets up to this one. A receiver
   * could read the byte no sooner, so this is the frame in which a message that ends there is
   * complete.
   */
  int readyFrameAt(int offset);

  /** When the frame of {@link #frameAt} was captured, nanoseconds since 1970. */
  long timeNanosAt(int offset);

  /** Relative sequence number of the segment that carries the byte at this offset. */
  long seqAt(int offset);

  /** Relative acknowledgement number in that segment, or -1 if it has none. */
  long ackAt(int offset);

  Evidence evidenceAt(int offset);
}
