package io.handshakelab.simulate;

/** Gives each connection that a {@link Listener} accepts its application. */
public interface ListenerHandler {
  TcpHandler accept(TcpSocket socket);
}
