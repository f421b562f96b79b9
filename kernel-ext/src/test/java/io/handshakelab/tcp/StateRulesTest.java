package io.handshakelab.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StateRulesTest {
  /**
   * Where each event leads, read from RFC 9293 §3.10 state by state: {@code .} stays, {@code -}
   * cannot happen or says nothing. The columns are the events in their order.
   */
  private static final String EXPECTED =
      """
      #     pasv actv sSYN sS,A rSYN rNew rS,A aSYN clos sFIN rFIN aFIN 2MSL user abrt sRST rRST
      CLOSED LI   SS   SS   -    -    -    -    -    -    -    -    -    -    -    -    .    .
      LISTEN -    -    SS   -    SR   -    -    -    CL   -    -    -    -    -    CL   .    .
      SYN_SENT - - . - SR - ES - CL - - - - CL CL . CL
      SYN_RCVD - - - . . LI ES ES - F1 CW - - CL - CL CL/LI
      ESTABLISHED - - - - . - . - - F1 CW - - CL - CL CL
      FIN_WAIT_1 - - - - . - - - - . CG F2 - CL - CL CL
      FIN_WAIT_2 - - - - . - - - - - TW - - CL - CL CL
      CLOSE_WAIT - - - - . - - - - LA . - - CL - CL CL
      CLOSING - - - - . - - - - . . TW - CL CL CL CL
      LAST_ACK - - - - . - - - - . . CL - CL CL CL CL
      TIME_WAIT - - - - . SR - - - - . - CL - CL CL CL
      """;

  private static final Map<String, TcpState> SHORT =
      Map.ofEntries(
          Map.entry("CL", TcpState.CLOSED),
          Map.entry("LI", TcpState.LISTEN),
          Map.entry("SS", TcpState.SYN_SENT),
          Map.entry("SR", TcpState.SYN_RCVD),
          Map.entry("ES", TcpState.ESTABLISHED),
          Map.entry("F1", TcpState.FIN_WAIT_1),
          Map.entry("F2", TcpState.FIN_WAIT_2),
          Map.entry("CW", TcpState.CLOSE_WAIT),
          Map.entry("CG", TcpState.CLOSING),
          Map.entry("LA", TcpState.LAST_ACK),
          Map.entry("TW", TcpState.TIME_WAIT));

  @ParameterizedTest
  @EnumSource
  void inEachStateEachEventLeadsWhereTheRfcSays(TcpState state) {
    String[] row =
        Arrays.stream(EXPECTED.split("\n"))
            .map(line -> line.trim().split("\\s+"))
            .filter(cells -> cells[0].equals(state.name()))
            .findFirst()
            .orElseThrow();
    assertThat(row).hasSize(Event.values().length + 1);
    for (Event event : Event.values()) {
      String[] expected = row[event.ordinal() + 1].split("/", -1);
      for (int i = 0; i < 2; i++) {
        StateRule rule = StateRules.find(state, event, i == 1);
        String cell = expected[Math.min(i, expected.length - 1)];
        TcpState to = cell.equals(".") ? state : SHORT.get(cell);
        assertThat(rule == null ? null : rule.to()).as("%s in %s", event, state).isEqualTo(to);
      }
    }
  }

  @Test
  void onlyAResetInSynRcvdDependsOnHowTheStateWasReached() {
    Map<List<Object>, Integer> rows = new HashMap<>();
    for (StateRule rule : StateRules.all()) {
      rows.merge(List.of(rule.from(), rule.event()), 1, Integer::sum);
    }
    rows.values().removeIf(count -> count == 1);
    assertThat(rows).isEqualTo(Map.of(List.of(TcpState.SYN_RCVD, Event.RECV_RST), 2));
  }

  @Test
  void eachRowSaysWhatIsDoneAndWhereThatIsWritten() {
    Set<TcpState> reached = EnumSet.noneOf(TcpState.class);
    for (StateRule rule : StateRules.all()) {
      assertThat(rule.rfc()).as("%s", rule).matches("RFC 9293 §3\\.\\d+(\\.\\d+)*");
      assertThat(rule.stays() && rule.action().isEmpty()).as("%s", rule).isFalse();
      if (!rule.stays()) {
        reached.add(rule.to());
      }
    }
    assertThat(reached).containsExactlyInAnyOrder(TcpState.values());
  }
}
