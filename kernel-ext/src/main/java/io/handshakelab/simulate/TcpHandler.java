package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;

/** What an application does when something happens to its connection. Nothing, unless told. */
public interface TcpHandler {
  /** The connection is open. */
  default void connected(TcpSocket socket) {}

  /** These octets have come, in order. */
  default void data(TcpSocket socket, Bytes octets) {}

  /** Everything that was written has been acknowledged. */
  default void drained(TcpSocket socket) {}

  /** The other end has no more to send. */
  default void peerClosed(TcpSocket socket) {}

  /** Both ends have closed; called once, before TIME-WAIT has passed. */
  default void closed(TcpSocket socket) {}

  /** The connection is gone without having been closed; {@code why} is for people. */
  default void failed(TcpSocket socket, String why) {}
}
