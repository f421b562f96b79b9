package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.tcp.TcpState;

/** One end of a connection as its application sees it (RFC 9293 §3.9.1). */
public interface TcpSocket {
  Endpoint local();

  Endpoint remote();

  TcpState state();

  /**
   * Queues octets to be sent; before the connection is open they wait, and when it is gone they are
   * forgotten.
   *
   * @throws IllegalStateException behind {@link #shutdownOutput} or {@link #close}
   */
  void write(Bytes octets);

  /** Octets that are written and not yet acknowledged. */
  int unacknowledged();

  /** Has nothing more to send; what is written still is. Data of the other end still arrives. */
  void shutdownOutput();

  /**
   * Wants neither to send nor to receive: what is written is still sent. Data that arrives from now
   * on is answered with a reset (RFC 9293 §3.6.1, as usual systems do it).
   */
  void close();

  /** Sends a reset and forgets everything (RFC 9293 §3.10.5). */
  void abort();

  /** Takes no more octets: they fill the receive window until it is zero. */
  void pauseReading();

  /** Takes octets again. */
  void resumeReading();
}
