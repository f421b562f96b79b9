package io.handshakelab.simulate;

/**
 * How a port listens.
 *
 * @param backlog how many connections may wait in each of the two queues
 * @param cookies whether SYNs are answered with cookies when the queue is full
 */
public record ListenerOptions(int backlog, boolean cookies) {
  /** As many as usual systems allow today, and no cookies. */
  public static final ListenerOptions USUAL = new ListenerOptions(128, false);
}
