package io.handshakelab.tcp;

/**
 * What one segment is in the light of those before it. The definitions are those of Wireshark's TCP
 * analysis, so that both tools say the same of the same capture.
 */
enum Finding {
  RETRANSMISSION("retransmission"),
  FAST_RETRANSMISSION("fast retransmission"),
  SPURIOUS_RETRANSMISSION("spurious retransmission: all of it was acknowledged before"),
  OUT_OF_ORDER("out-of-order"),
  SEGMENT_MISSING("a segment before this one is missing"),
  ACKED_UNSEEN("ack of data that is not in the capture"),
  DUPLICATE_ACK("duplicate ACK"),
  ZERO_WINDOW("zero window"),
  WINDOW_PROBE("window probe"),
  WINDOW_PROBE_ACK("ACK of a window probe"),
  WINDOW_UPDATE("window update"),
  WINDOW_FULL("window full"),
  KEEP_ALIVE("keep-alive"),
  KEEP_ALIVE_ACK("ACK of a keep-alive"),
  PORTS_REUSED("ports reused"),
  /** A bare ACK that acknowledges data for the first time. */
  ACKS_DATA(""),
  /** The first acknowledgement of the other end's SYN. */
  ACKS_SYN(""),
  /** The acknowledgement number covers the other end's FIN. */
  COVERS_FIN(""),
  /** A RST that the receiver must believe (RFC 9293 §3.10.7). */
  RST_ACCEPTABLE(""),
  /** A RST with just the number that the receiver expects next (RFC 5961 §3.2). */
  RST_EXACT("");

  private static final int COUNT_SHIFT = 20;
  private static final int COUNT_MAX = (1 << (Integer.SIZE - COUNT_SHIFT)) - 1;

  private final String text;

  Finding(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  int bit() {
    return 1 << ordinal();
  }

  /** How many times over, above the bits of a set: 4095 stands for all that are more. */
  static int counted(int times) {
    return Math.min(times, COUNT_MAX) << COUNT_SHIFT;
  }

  static int count(int set) {
    return set >>> COUNT_SHIFT;
  }

  boolean in(int set) {
    return (set & bit()) != 0;
  }
}
