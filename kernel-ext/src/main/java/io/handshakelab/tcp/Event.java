package io.handshakelab.tcp;

/** What makes one end change its state: a call of its user, a segment, or a timer. */
public enum Event {
  /** The user waits for connections (RFC 9293 §3.10.1). */
  PASSIVE_OPEN("passive open"),
  /** The user opens a connection: where the SYN itself is seen, {@link #SEND_SYN} says more. */
  ACTIVE_OPEN("active open"),
  SEND_SYN("send SYN"),
  SEND_SYN_ACK("send SYN,ACK"),
  RECV_SYN("recv SYN"),
  /** A SYN of another connection between the same ends, with another sequence number. */
  RECV_NEW_SYN("recv new SYN"),
  RECV_SYN_ACK("recv SYN,ACK"),
  RECV_ACK_OF_SYN("recv ACK of SYN"),
  /** The user closes before there is a connection; later it is {@link #SEND_FIN}. */
  CLOSE("close"),
  SEND_FIN("send FIN"),
  RECV_FIN("recv FIN"),
  RECV_ACK_OF_FIN("recv ACK of FIN"),
  /** Twice the maximum segment lifetime has gone by. */
  TIMEOUT_2MSL("timeout 2MSL"),
  /** The other end has not answered for longer than the user wants to wait. */
  USER_TIMEOUT("user timeout"),
  /** The user aborts where nothing is sent for it; else it is {@link #SEND_RST}. */
  ABORT("abort"),
  SEND_RST("send RST"),
  RECV_RST("recv RST");

  private final String label;

  Event(String label) {
    this.label = label;
  }

  /** As it stands in the tables. */
  public String label() {
    return label;
  }
}
