package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tcp.Sender;

/** How connections are closed. */
final class ClosingStories {
  private static final int SAME_PORT = 50_000;
  private static final long PAUSE = 200_000_000L;

  private ClosingStories() {}

  static SimulationResult fourWayClose(SimulationOptions options) {
    return closedByClient(new Stage("four-way-close", options));
  }

  static SimulationResult lostFin(SimulationOptions options) {
    Stage stage = new Stage("lost-fin", options);
    int times = Math.max(1, options.count());
    stage.simulation().script(Misfortune.loses(Sender.CLIENT, times, Segment::isFin));
    return closedByClient(stage);
  }

  static SimulationResult halfClose(SimulationOptions options) {
    Stage stage = new Stage("half-close", options);
    int parts = options.count() > 0 ? options.count() : 3;
    stage.listen(socket -> new Parts(stage, parts));
    stage
        .client()
        .connect(
            stage.door(),
            new TcpHandler() {
              @Override
              public void connected(TcpSocket socket) {
                socket.write(Stage.HELLO);
                socket.shutdownOutput();
              }
            });
    return stage.run();
  }

  static SimulationResult simultaneousClose(SimulationOptions options) {
    Stage stage = new Stage("simultaneous-close", options);
    long when = Stage.SECOND + 2 * options.rttNanos();
    stage.listen(
        socket -> {
          long now = stage.simulation().clock().elapsedNanos();
          stage.after(Math.max(0, when - now), socket::close);
          return new TcpHandler() {};
        });
    TcpSocket client = stage.client().connect(stage.door(), new TcpHandler() {});
    stage.after(when, client::close);
    return stage.run();
  }

  /** The server closes first, so that it is the one that waits. */
  static SimulationResult timeWaitReuse(SimulationOptions options) {
    Stage stage = new Stage("time-wait-reuse", options);
    stage.listen(
        socket ->
            new TcpHandler() {
              @Override
              public void data(TcpSocket server, Bytes octets) {
                server.write(Stage.WELCOME);
                server.close();
              }
            });
    Runnable visit = () -> stage.client().connect(SAME_PORT, stage.door(), new Stage.Greeting());
    visit.run();
    stage.after(
        5 * Stage.SECOND + 10 * options.rttNanos(),
        () -> {
          if (stage.client().isFree(SAME_PORT, stage.door())) {
            visit.run();
          }
        });
    return stage.run();
  }

  private static SimulationResult closedByClient(Stage stage) {
    stage.listen(
        socket ->
            new TcpHandler() {
              @Override
              public void data(TcpSocket server, Bytes octets) {
                server.write(Stage.WELCOME);
              }

              @Override
              public void peerClosed(TcpSocket server) {
                // An application needs a moment to notice: until then it is in CLOSE-WAIT.
                stage.after(PAUSE, server::close);
              }
            });
    stage
        .client()
        .connect(
            stage.door(),
            new TcpHandler() {
              @Override
              public void connected(TcpSocket socket) {
                socket.write(Stage.HELLO);
              }

              @Override
              public void data(TcpSocket socket, Bytes octets) {
                stage.after(PAUSE, socket::close);
              }
            });
    return stage.run();
  }

  /** Sends one part after the other when the client has closed, and closes behind the last. */
  private static final class Parts implements TcpHandler {
    private final Stage stage;
    private int left;

    Parts(Stage stage, int parts) {
      this.stage = stage;
      this.left = parts;
    }

    @Override
    public void peerClosed(TcpSocket socket) {
      stage.after(PAUSE, () -> next(socket));
    }

    private void next(TcpSocket socket) {
      if (left == 0) {
        socket.close();
      } else {
        left--;
        socket.write(Stage.WELCOME);
        stage.after(PAUSE, () -> next(socket));
      }
    }
  }
}
