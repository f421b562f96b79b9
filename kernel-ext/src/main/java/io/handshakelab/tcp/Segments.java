package io.handshakelab.tcp;

import io.handshakelab.capture.Evidence;
import org.jspecify.annotations.Nullable;

/** All TCP segments of a capture in columns: row {@code i}, from 0, is one segment. A stub. */
public final class Segments {
  public int size() {
    throw new UnsupportedOperationException("to be written");
  }

  public int frame(int i) {
    throw new UnsupportedOperationException("to be written");
  }

  public long timeNanos(int i) {
    throw new UnsupportedOperationException("to be written");
  }

  public int connection(int i) {
    throw new UnsupportedOperationException("to be written");
  }

  public Sender sender(int i) {
    throw new UnsupportedOperationException("to be written");
  }

  /** The control bits as in the header: FIN 0x01, SYN 0x02, RST 0x04, PSH 0x08, ACK 0x10 … */
  public int flags(int i) {
    throw new UnsupportedOperationException("to be written");
  }

  /** {@code SYN,ACK}: in the order FIN,SYN,RST,PSH,ACK,URG,ECE,CWR. */
  public String flagNames(int i) {
    throw new UnsupportedOperationException("to be written");
  }

  /** Relative to the sender's initial sequence number. */
  public long seq(int i) {
    throw new UnsupportedOperationException("to be written");
  }

  /** Relative, or -1 without ACK. */
  public long ack(int i) {
    throw new UnsupportedOperationException("to be written");
  }

  public long seqRaw(int i) {
    throw new UnsupportedOperationException("to be written");
  }

  /** As it stands in the header, also without ACK. */
  public long ackRaw(int i) {
    throw new UnsupportedOperationException("to be written");
  }

  /** Octets of data, by the IP header. */
  public int length(int i) {
    throw new UnsupportedOperationException("to be written");
  }

  /** Octets of window, scaled where the scale is known (RFC 7323 §2.3). */
  public int window(int i) {
    throw new UnsupportedOperationException("to be written");
  }

  /** The client's state after this segment, or null where it cannot be known. */
  public @Nullable TcpState clientState(int i) {
    throw new UnsupportedOperationException("to be written");
  }

  /** The server's state after this segment, or null where it cannot be known. */
  public @Nullable TcpState serverState(int i) {
    throw new UnsupportedOperationException("to be written");
  }

  /** What is worth saying about it, or null. */
  public @Nullable String note(int i) {
    throw new UnsupportedOperationException("to be written");
  }

  public Evidence evidence(int i) {
    throw new UnsupportedOperationException("to be written");
  }
}
