package io.handshakelab.tcp;

/**
 * One row of the state machine: in {@code from}, on {@code event}, do {@code action} and go to
 * {@code to}.
 *
 * @param action what the end does then, or what it means; empty if there is nothing to do
 * @param rfc the section, such as {@code RFC 9293 §3.10.4}
 */
public record StateRule(TcpState from, Event event, TcpState to, String action, String rfc) {
  /** Whether nothing changes but what the action says, as when a segment is sent again. */
  public boolean stays() {
    return from == to;
  }
}
