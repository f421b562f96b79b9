package io.handshakelab.simulate;

/** What changes a state, in the words of the table {@code states}. */
enum TrueEvent {
  SEND_SYN("send SYN"),
  RECV_SYN("recv SYN"),
  RECV_NEW_SYN("recv new SYN"),
  RECV_SYN_ACK("recv SYN,ACK"),
  RECV_ACK_OF_SYN("recv ACK of SYN"),
  SEND_FIN("send FIN"),
  RECV_FIN("recv FIN"),
  RECV_ACK_OF_FIN("recv ACK of FIN"),
  SEND_RST("send RST"),
  RECV_RST("recv RST"),
  TIMEOUT_2MSL("timeout 2MSL"),
  CLOSE("close"),
  ABORT("abort"),
  USER_TIMEOUT("user timeout");

  private final String label;

  TrueEvent(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
