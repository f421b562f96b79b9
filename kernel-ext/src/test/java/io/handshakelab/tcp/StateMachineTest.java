package io.handshakelab.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateMachineTest {
  @Test
  void theClientGoesThroughTheStatesOfTheRfc() {
    assertThat(
            path(
                Event.SEND_SYN,
                Event.RECV_SYN_ACK,
                Event.SEND_FIN,
                Event.RECV_ACK_OF_FIN,
                Event.RECV_FIN,
                Event.TIMEOUT_2MSL))
        .containsExactly(
            TcpState.SYN_SENT,
            TcpState.ESTABLISHED,
            TcpState.FIN_WAIT_1,
            TcpState.FIN_WAIT_2,
            TcpState.TIME_WAIT,
            TcpState.CLOSED);
  }

  @Test
  void theServerGoesThroughTheStatesOfTheRfc() {
    assertThat(
            path(
                Event.PASSIVE_OPEN,
                Event.RECV_SYN,
                Event.RECV_ACK_OF_SYN,
                Event.RECV_FIN,
                Event.SEND_FIN,
                Event.RECV_ACK_OF_FIN))
        .containsExactly(
            TcpState.LISTEN,
            TcpState.SYN_RCVD,
            TcpState.ESTABLISHED,
            TcpState.CLOSE_WAIT,
            TcpState.LAST_ACK,
            TcpState.CLOSED);
  }

  @Test
  void bothEndsMayOpenAndCloseAtOnce() {
    assertThat(
            path(
                Event.SEND_SYN,
                Event.RECV_SYN,
                Event.RECV_SYN_ACK,
                Event.SEND_FIN,
                Event.RECV_FIN,
                Event.RECV_ACK_OF_FIN))
        .containsExactly(
            TcpState.SYN_SENT,
            TcpState.SYN_RCVD,
            TcpState.ESTABLISHED,
            TcpState.FIN_WAIT_1,
            TcpState.CLOSING,
            TcpState.TIME_WAIT);
  }

  @Test
  void aResetSendsOnlyThePassiveOpenerBackToListen() {
    assertThat(path(Event.PASSIVE_OPEN, Event.RECV_SYN, Event.RECV_RST))
        .endsWith(TcpState.SYN_RCVD, TcpState.LISTEN);
    assertThat(path(Event.SEND_SYN, Event.RECV_SYN, Event.RECV_RST))
        .endsWith(TcpState.SYN_RCVD, TcpState.CLOSED);
  }

  @Test
  void aResetEndsEveryStateButClosedAndListen() {
    for (TcpState state : EnumSet.complementOf(EnumSet.of(TcpState.CLOSED, TcpState.LISTEN))) {
      StateMachine machine = new StateMachine();
      machine.set(state);
      machine.on(Event.RECV_RST);
      assertThat(machine.state()).as("after %s", state).isEqualTo(TcpState.CLOSED);
    }
  }

  @Test
  void anEventWithoutARowChangesNothing() {
    StateMachine machine = new StateMachine();
    assertThat(machine.on(Event.RECV_FIN)).isFalse();
    assertThat(machine.state()).isNull();
    machine.set(TcpState.LISTEN);
    assertThat(machine.on(Event.RECV_FIN)).isFalse();
    assertThat(machine.state()).isEqualTo(TcpState.LISTEN);
  }

  private static List<TcpState> path(Event... events) {
    StateMachine machine = new StateMachine();
    machine.set(TcpState.CLOSED);
    List<TcpState> path = new ArrayList<>();
    Arrays.stream(events)
        .forEach(
            event -> {
              assertThat(machine.on(event)).as("%s in %s", event, machine.state()).isTrue();
              path.add(machine.state());
            });
    return path;
  }
}
