package io.handshakelab.simulate;

import io.handshakelab.packet.Endpoint;
import io.handshakelab.tcp.TcpState;

/**
 * An end of a connection really went from one state to another.
 *
 * @param elapsedNanos since the simulation began
 * @param life number of the transmission control block: a port that is used again has a new one
 * @param local whose state it is
 * @param remote the other end
 * @param event as in the table {@code states}: {@code recv SYN}, {@code send FIN} …
 * @param packet the packet that was sent, or whose arrival it was; {@link #NO_PACKET} for a call of
 *     the user and a timer
 */
public record TrueTransition(
    long elapsedNanos,
    int life,
    Endpoint local,
    Endpoint remote,
    TcpState from,
    String event,
    TcpState to,
    int packet) {
  public static final int NO_PACKET = -1;

  /** Nanoseconds since 1970. */
  public long timeNanos() {
    return VirtualClock.START_NANOS + elapsedNanos;
  }
}
