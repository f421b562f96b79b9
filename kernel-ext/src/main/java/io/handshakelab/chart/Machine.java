package io.handshakelab.chart;

import io.handshakelab.tcp.StateRule;
import io.handshakelab.tcp.TcpState;
import java.util.List;
import java.util.Set;

/**
 * The state machine of TCP, with the way of one connection through it.
 *
 * @param title what is shown
 * @param steps each row of the table of rules
 * @param visited states in which one of both ends was
 * @param notes what cannot be shown by an arrow
 */
record Machine(String title, List<Step> steps, Set<TcpState> visited, List<String> notes) {
  Machine {
    steps = List.copyOf(steps);
    visited = Set.copyOf(visited);
    notes = List.copyOf(notes);
  }

  boolean hasPath() {
    return !visited.isEmpty();
  }

  /**
   * A rule, and when it was followed.
   *
   * @param client the client's steps that did, counted from 1
   * @param server the server's
   */
  record Step(StateRule rule, List<Integer> client, List<Integer> server) {
    Step {
      client = List.copyOf(client);
      server = List.copyOf(server);
    }

    boolean isTaken() {
      return !client.isEmpty() || !server.isEmpty();
    }
  }
}
