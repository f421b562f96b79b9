package io.handshakelab.tcp;

/** What makes one end change its state: a call of its user, a segment, or a timer. */
enum Event {
  PASSIVE_OPEN("passive open"),
  ACTIVE_OPEN("active open"),
  SEND_SYN("send SYN"),
  RECV_SYN("recv SYN"),
  RECV_SYN_ACK("recv SYN,ACK"),
  RECV_ACK_OF_SYN("recv ACK of SYN"),
  SEND_FIN("send FIN"),
  RECV_FIN("recv FIN"),
  RECV_ACK_OF_FIN("recv ACK of FIN"),
  TIMEOUT_2MSL("timeout 2MSL"),
  SEND_RST("send RST"),
  RECV_RST("recv RST");

  private final String label;

  Event(String label) {
    this.label = label;
  }

  /** As it stands in the tables. */
  String label() {
    return label;
  }
}
