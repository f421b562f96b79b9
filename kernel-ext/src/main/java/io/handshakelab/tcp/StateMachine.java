package io.handshakelab.tcp;

import org.jspecify.annotations.Nullable;

/** One end of a connection, driven by its events through {@link StateRules}. */
final class StateMachine {
  private @Nullable TcpState state;
  private boolean passive;

  /** The state now, or null while it is not known. */
  @Nullable TcpState state() {
    return state;
  }

  /** Starts in a state that something else has shown. */
  void set(TcpState known) {
    state = known;
  }

  /** Goes where the table says; null if it has no row for that, or the state is not known. */
  @Nullable StateRule on(Event event) {
    if (state == null) {
      return null;
    }
    StateRule rule = StateRules.find(state, event, passive);
    if (rule == null) {
      return null;
    }
    passive = rule.to() == TcpState.LISTEN || (passive && event != Event.SEND_SYN);
    state = rule.to();
    return rule;
  }
}
