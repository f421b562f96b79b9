package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tcp.Sender;
import java.util.List;

/** Old SYNs, resets, and a receiver that does not read. */
final class TroubleStories {
  private static final int CLOSED_PORT = 81;
  private static final int SMALL_BUFFER = 8_192;
  private static final int MUCH = 20_000;

  private TroubleStories() {}

  /** The option {@code count}: how many SYNs are held up. */
  static SimulationResult delayedSyn(SimulationOptions options) {
    Stage stage = new Stage("delayed-duplicate-syn", options);
    int times = options.count() > 0 ? options.count() : 3;
    stage
        .simulation()
        .script(
            Misfortune.holdsBack(
                Sender.CLIENT, times, 10 * Stage.SECOND, s -> s.isSyn() && !s.isAck()));
    Listener listener = stage.listen(socket -> new Stage.Reply());
    for (int i = 0; i < times; i++) {
      // It gives up before it would send the SYN again.
      stage.after(
          i * Stage.SECOND,
          () -> {
            TcpSocket early = stage.client().connect(stage.door(), new TcpHandler() {});
            stage.after(Stage.SECOND - 1, early::close);
          });
    }
    // The next attempt does what it should, and is over when the old SYNs arrive.
    stage.after(times * Stage.SECOND, () -> stage.client().connect(stage.door(), new Visit()));
    stage.after(60 * Stage.SECOND + times * Stage.SECOND, listener::note);
    SimulationResult result = stage.run();
    List<ResourceSample> held = listener.resources();
    int open = held.get(held.size() - 1).established();
    return result.with(
        held,
        List.of(
            times + " old SYNs arrived, 10 s late",
            open == 0
                ? "the server holds nothing any more"
                : "the server still holds " + open + " connections that nobody wants"));
  }

  static SimulationResult reset(SimulationOptions options) {
    Stage stage = new Stage("rst", options);
    stage.listen(
        socket ->
            new TcpHandler() {
              @Override
              public void data(TcpSocket server, Bytes octets) {
                server.write(Stage.WELCOME);
                stage.after(Stage.SECOND / 2, server::abort);
              }
            });
    stage.client().connect(stage.server().endpoint(CLOSED_PORT), new Stage.Greeting());
    stage.after(Stage.SECOND, () -> stage.client().connect(stage.door(), new Stage.Greeting()));
    return stage.run();
  }

  static SimulationResult zeroWindow(SimulationOptions options) {
    Stage stage = new Stage("zero-window", options);
    stage.server().settings(TcpSettings.USUAL.withReceiveBuffer(SMALL_BUFFER, 0));
    stage.listen(
        socket -> {
          socket.pauseReading();
          stage.after(8 * Stage.SECOND, socket::resumeReading);
          return new Stage.Silence();
        });
    byte[] much = new byte[MUCH];
    for (int i = 0; i < much.length; i++) {
      much[i] = (byte) (i % 32 == 31 ? '\n' : 'a' + i % 26);
    }
    stage
        .client()
        .connect(
            stage.door(),
            new TcpHandler() {
              @Override
              public void connected(TcpSocket socket) {
                socket.write(Bytes.wrap(much));
                socket.close();
              }
            });
    return stage.run();
  }

  /** Says hello, waits for the answer, and closes. */
  static final class Visit implements TcpHandler {
    @Override
    public void connected(TcpSocket socket) {
      socket.write(Stage.HELLO);
    }

    @Override
    public void data(TcpSocket socket, Bytes octets) {
      socket.close();
    }
  }
}
