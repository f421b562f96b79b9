package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.packet.PacketBuilder;
import io.handshakelab.tcp.SequenceNumber;

/**
 * The fields of a TCP header and its data (RFC 9293 §3.1).
 *
 * @param window as in the header, not scaled
 * @param mss maximum segment size option, 0 if there is none
 * @param shift window scale option, {@link #NO_SCALE} if there is none
 */
record Segment(int seq, int ack, int flags, int window, int mss, int shift, Bytes data) {
  static final int NO_SCALE = -1;

  static Segment of(int seq, int ack, int flags, int window, Bytes data) {
    return new Segment(seq, ack, flags, window, 0, NO_SCALE, data);
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  boolean isSyn() {
    return has(PacketBuilder.SYN);
  }

  boolean isAck() {
    return has(PacketBuilder.ACK);
  }

  boolean isRst() {
    return has(PacketBuilder.RST);
  }

  boolean isFin() {
    return has(PacketBuilder.FIN);
  }

  /** SEG.LEN: the octets of sequence space that it takes. */
  int length() {
    return data.length() + (isSyn() ? 1 : 0) + (isFin() ? 1 : 0);
  }

  /** The sequence number behind its last octet. */
  int end() {
    return SequenceNumber.plus(seq, length());
  }
}
