package io.handshakelab.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.tcp.StateRule;
import io.handshakelab.tcp.StateRules;
import io.handshakelab.tcp.TcpState;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the endpoints log, which was written from the text of RFC 9293, against the table. */
class TruthTest {
  private static final int RUNS = 1500;

  @Test
  void everyTransitionIsARowOfTheTable() {
    Set<String> rows = new TreeSet<>();
    for (StateRule rule : StateRules.all()) {
      rows.add(rule.from() + " " + rule.event().label() + " " + rule.to());
    }
    Map<String, Integer> seen = new TreeMap<>();
    for (Scenario scenario : Scenario.values()) {
      count(Played.scenario(scenario), seen);
    }
    for (int seed = 0; seed < RUNS; seed++) {
      count(Scenarios.random(seed), seen);
    }
    assertThat(rows).containsAll(seen.keySet());
    assertThat(seen)
        .as("the stories are about something")
        .hasSizeGreaterThanOrEqualTo(32)
        .containsKeys(
            "TIME_WAIT recv new SYN SYN_RCVD",
            "SYN_RCVD recv RST LISTEN",
            "CLOSING recv ACK of FIN TIME_WAIT",
            "SYN_RCVD recv SYN,ACK ESTABLISHED",
            "FIN_WAIT_2 send RST CLOSED",
            "LAST_ACK recv RST CLOSED",
            "ESTABLISHED user timeout CLOSED");
  }

  @Test
  void eachLifeIsOneUnbrokenRowOfStates() {
    for (int seed = 0; seed < RUNS; seed++) {
      Map<Integer, TcpState> states = new HashMap<>();
      long before = 0;
      for (TrueTransition t : Scenarios.random(seed).truth()) {
        TcpState expected = states.get(t.life());
        if (expected == null) {
          assertThat(t.from()).isIn(TcpState.CLOSED, TcpState.LISTEN, TcpState.TIME_WAIT);
        } else {
          assertThat(t.from()).as("seed %d, %s", seed, t).isEqualTo(expected);
        }
        states.put(t.life(), t.to());
        assertThat(t.elapsedNanos()).isGreaterThanOrEqualTo(before);
        before = t.elapsedNanos();
      }
    }
  }

  private static void count(SimulationResult result, Map<String, Integer> seen) {
    for (TrueTransition t : result.truth()) {
      seen.merge(t.from() + " " + t.event() + " " + t.to(), 1, Integer::sum);
    }
  }
}
