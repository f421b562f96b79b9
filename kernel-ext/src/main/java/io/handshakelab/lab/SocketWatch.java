package io.handshakelab.lab;

import io.handshakelab.capture.Capture;

/** Reads the states of sockets from the operating system while a recording runs. */
final class SocketWatch implements AutoCloseable {
  /** Watches the sockets with this port at either end. */
  void port(int port) {}

  void writeTo(Capture.Builder capture) {}

  @Override
  public void close() {}
}
