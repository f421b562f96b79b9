package io.handshakelab.simulate;

import io.handshakelab.packet.Endpoint;
import io.handshakelab.tcp.TcpState;
import java.util.ArrayList;
import java.util.List;

/** Every transition of every end, in the order in which they happened. */
final class TruthLog {
  private final VirtualClock clock;
  private final List<TrueTransition> all = new ArrayList<>();
  private int lives;

  TruthLog(VirtualClock clock) {
    this.clock = clock;
  }

  /** A number for a new transmission control block. */
  int newLife() {
    return lives++;
  }

  void add(
      int life,
      Endpoint local,
      Endpoint remote,
      TcpState from,
      TrueEvent event,
      TcpState to,
      int packet) {
    all.add(
        new TrueTransition(
            clock.elapsedNanos(), life, local, remote, from, event.label(), to, packet));
  }

  List<TrueTransition> all() {
    return List.copyOf(all);
  }
}
