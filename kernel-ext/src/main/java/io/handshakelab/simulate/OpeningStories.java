package io.handshakelab.simulate;

import io.handshakelab.tcp.Sender;

/** How connections are opened, and what may be lost then. */
final class OpeningStories {
  private static final int THIS_PORT = 50_000;
  private static final int THAT_PORT = 50_001;

  private OpeningStories() {}

  static SimulationResult threeWay(SimulationOptions options) {
    return greeting(new Stage("three-way", options));
  }

  /** The option {@code count}: how many SYNs are lost. */
  static SimulationResult lostSyn(SimulationOptions options) {
    Stage stage = new Stage("lost-syn", options);
    int times = Math.max(1, options.count());
    stage.simulation().script(Misfortune.loses(Sender.CLIENT, times, s -> s.isSyn() && !s.isAck()));
    return greeting(stage);
  }

  static SimulationResult lostSynAck(SimulationOptions options) {
    Stage stage = new Stage("lost-synack", options);
    int times = Math.max(1, options.count());
    stage.simulation().script(Misfortune.loses(Sender.SERVER, times, Segment::isSyn));
    return greeting(stage);
  }

  /** The client says nothing for a while, or its data would stand for what is lost. */
  static SimulationResult lostAck(SimulationOptions options) {
    Stage stage = new Stage("lost-ack", options);
    int times = Math.max(1, options.count());
    stage.simulation().script(Misfortune.loses(Sender.CLIENT, times, s -> !s.isSyn()));
    stage.listen(socket -> new Stage.Reply());
    TcpSocket socket = stage.client().connect(stage.door(), new Stage.Silence());
    stage.after(3 * Stage.SECOND, () -> socket.write(Stage.HELLO));
    return stage.run();
  }

  static SimulationResult simultaneousOpen(SimulationOptions options) {
    Stage stage = new Stage("simultaneous-open", options);
    Host client = stage.client();
    Host server = stage.server();
    client.connect(THIS_PORT, server.endpoint(THAT_PORT), new Stage.Greeting());
    server.connect(THAT_PORT, client.endpoint(THIS_PORT), new Stage.Silence());
    return stage.run();
  }

  private static SimulationResult greeting(Stage stage) {
    stage.listen(socket -> new Stage.Reply());
    stage.client().connect(stage.door(), new Stage.Greeting());
    return stage.run();
  }
}
