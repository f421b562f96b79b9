package io.handshakelab.tcp;

/** The eleven states of RFC 9293 §3.3.2. */
public enum TcpState {
  CLOSED,
  LISTEN,
  SYN_SENT,
  SYN_RCVD,
  ESTABLISHED,
  FIN_WAIT_1,
  FIN_WAIT_2,
  CLOSE_WAIT,
  CLOSING,
  LAST_ACK,
  TIME_WAIT;

  private static final TcpState[] ALL = values();

  private final String label = name().replace('_', '-');

  /** The state with this {@link #ordinal}. */
  static TcpState of(int ordinal) {
    return ALL[ordinal];
  }

  /** As it stands in the tables: {@code SYN-SENT}. */
  public String label() {
    return label;
  }
}
