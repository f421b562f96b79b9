package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.packet.Endpoint;

/** What the stories have in common: one client, one server, and a port on it. */
final class Stage {
  static final String CLIENT = "192.0.2.10";
  static final String SERVER = "198.51.100.20";
  static final int PORT = 80;

  static final Bytes HELLO = Bytes.utf8("hello\r\n");
  static final Bytes WELCOME = Bytes.utf8("welcome\r\n");
  static final long SECOND = 1_000_000_000L;

  private final Simulation simulation;
  private final Host client;
  private final Host server;

  Stage(String name, SimulationOptions options) {
    simulation = new Simulation(name, options);
    client = simulation.client(CLIENT);
    server = simulation.server(SERVER);
  }

  Simulation simulation() {
    return simulation;
  }

  Host client() {
    return client;
  }

  Host server() {
    return server;
  }

  Endpoint door() {
    return server.endpoint(PORT);
  }

  /** The server listens, and each connection gets such an application. */
  Listener listen(ListenerHandler application) {
    return server.listen(PORT, ListenerOptions.USUAL, application);
  }

  /** Does something later. */
  void after(long nanos, Runnable what) {
    simulation.clock().after(nanos, what);
  }

  SimulationResult run() {
    return simulation.run();
  }

  /** Says hello when it is connected. */
  static final class Greeting implements TcpHandler {
    @Override
    public void connected(TcpSocket socket) {
      socket.write(HELLO);
    }

    @Override
    public void peerClosed(TcpSocket socket) {
      socket.close();
    }
  }

  /** Answers whatever comes, and closes when the other end has closed. */
  static final class Reply implements TcpHandler {
    @Override
    public void data(TcpSocket socket, Bytes octets) {
      socket.write(WELCOME);
    }

    @Override
    public void peerClosed(TcpSocket socket) {
      socket.close();
    }
  }

  /** Only listens, and closes when the other end has closed. */
  static final class Silence implements TcpHandler {
    @Override
    public void peerClosed(TcpSocket socket) {
      socket.close();
    }
  }
}
