package io.handshakelab.tcp;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Evidence;

/**
 * What one end sent, in order, with the way back from each byte to the frame that brought it. The
 * decrypted content of a TLS connection is such a view as well.
 */
public interface StreamView {
  /** Number of the TCP connection, from 0. */
  int connection();

  Sender sender();

  /** The bytes from the start of the stream up to its end or to the first gap. */
  Bytes bytes();

  /** True if something is missing behind {@link #bytes()}: lost, snapped off, or over the limit. */
  boolean cutOff();

  /** Number of the frame in which the byte at this offset arrived first. */
  int frameAt(int offset);

  /**
   * Number of the frame with which everything up to and including the byte at this offset had
   * arrived: the highest of {@link #frameAt} over all offsets up to this one. A receiver could read
   * the byte no sooner, so this is the frame in which a message that ends there is complete.
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
