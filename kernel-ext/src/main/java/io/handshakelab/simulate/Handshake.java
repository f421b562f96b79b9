package io.handshakelab.simulate;

/** How a connection is opened. */
public enum Handshake {
  /** As RFC 9293 §3.5 has it: the server waits for the acknowledgement of its own SYN. */
  THREE_WAY,

  /**
   * As no TCP does it: the server takes a connection for open when a SYN has come, and its SYN,ACK
   * is the last message. No answer to it is foreseen, so that nobody refuses it either.
   */
  TWO_WAY;

  /** {@code three-way} or {@code two-way}. */
  public String label() {
    return this == THREE_WAY ? "three-way" : "two-way";
  }
}
