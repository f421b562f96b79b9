package io.handshakelab.tcp;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection, driven by its events through {@link StateRules}.
 *
 * <p>Not every event can be proved, and a capture may begin late: the machine is in one of a set of
 * states, and its state is known while that is a set of one.
 */
final class StateMachine {
  private static final TcpState[] STATES = TcpState.values();

  /** Nothing is known. */
  static final int ANY = (1 << STATES.length) - 1;

  /** By event: the states that it leads to from others. */
  private static final int[] BEHIND = behind();

  private int possible = ANY;
  private @Nullable TcpState known;
  private @Nullable TcpState previous;
  private String section = "";
  private boolean expected;

  /** Events that may have happened since the state was known, as bits. */
  private int perhaps;

  /** Whether anything has happened for sure since then. */
  private boolean mixed;

  /** How SYN-RCVD was entered. */
  private boolean passive;

  /** The states that it may be in, as bits. */
  static int oneOf(TcpState... states) {
    int set = 0;
    for (TcpState state : states) {
      set |= bit(state);
    }
    return set;
  }

  /** The state now, or null while it is not known. */
  @Nullable TcpState state() {
    return Integer.bitCount(possible) == 1 ? first(possible) : null;
  }

  /** Whether no state was known yet. */
  boolean isNew() {
    return known == null;
  }

  /** The states that it may be in. */
  List<TcpState> possible() {
    return Arrays.stream(STATES).filter(this::couldBe).toList();
  }

  boolean is(TcpState state) {
    return possible == bit(state);
  }

  /** Whether its state is known to be one of these. */
  boolean isOneOf(int states) {
    return state() != null && couldBe(states);
  }

  boolean couldBe(TcpState state) {
    return (possible & bit(state)) != 0;
  }

  boolean couldBe(int states) {
    return (possible & states) != 0;
  }

  /** The last state that was known before the one now; null if that had been none. */
  @Nullable TcpState previous() {
    return previous;
  }

  /** Whether the last event was one of those that may have happened before. */
  boolean wasExpected() {
    return expected;
  }

  /** Where the last transition is written. */
  String section() {
    return section;
  }

  void set(TcpState state) {
    start(bit(state));
  }

  /** Begins in one of these states. */
  void start(int states) {
    possible = states;
    passive = (states & ~oneOf(TcpState.LISTEN, TcpState.TIME_WAIT)) == 0;
    known = state();
    perhaps = 0;
    mixed = false;
  }

  /**
   * The event has happened. States in which it cannot happen are out of the question, and if that
   * were all of them, it is not what it seemed and changes nothing.
   *
   * @return whether it is now in a known state that it was not known to be in before
   */
  boolean on(Event event) {
    boolean late = (perhaps & 1 << event.ordinal()) != 0 || known == null;
    int next = 0;
    int sources = 0;
    for (int rest = possible; rest != 0; rest &= rest - 1) {
      TcpState from = STATES[Integer.numberOfTrailingZeros(rest)];
      StateRule rule = StateRules.find(from, event, passive);
      if (rule != null) {
        next |= bit(rule.to());
        sources |= bit(from);
        section = rule.stays() ? section : rule.rfc();
      } else if (late && (BEHIND[event.ordinal()] & bit(from)) != 0) {
        next |= bit(from); // it had happened when it was only thought possible
        sources |= bit(from);
      }
    }
    boolean ofThat = !mixed && (perhaps & ~(1 << event.ordinal())) == 0;
    TcpState source = Integer.bitCount(sources) == 1 ? first(sources) : ofThat ? known : null;
    return next != 0 && become(next, event, source);
  }

  /** The event has happened or not; false if that makes no difference. */
  boolean perhaps(Event event) {
    int next = possible;
    for (int rest = possible; rest != 0; rest &= rest - 1) {
      TcpState from = STATES[Integer.numberOfTrailingZeros(rest)];
      StateRule rule = StateRules.find(from, event, passive);
      if (rule != null) {
        next |= bit(rule.to());
      }
    }
    if (next == possible) {
      return false;
    }
    possible = next;
    perhaps |= 1 << event.ordinal();
    return true;
  }

  /** Something shows that it is in one of these states; if it seemed impossible, it was wrong. */
  boolean narrow(int states, String rfc) {
    int next = possible & states;
    if (next == 0 || next == possible) {
      return false;
    }
    section = rfc;
    return become(next, null, null);
  }

  private boolean become(int next, @Nullable Event event, @Nullable TcpState source) {
    expected = event != null && (perhaps & 1 << event.ordinal()) != 0;
    possible = next;
    TcpState now = state();
    if (now == null) {
      mixed = true;
      return false;
    }
    perhaps = 0;
    mixed = false;
    boolean same = now == known;
    known = now;
    if (same) {
      return false;
    }
    previous = source;
    boolean waited = now == TcpState.LISTEN || event == Event.RECV_NEW_SYN;
    passive = waited || (passive && event != Event.SEND_SYN);
    return true;
  }

  private static TcpState first(int set) {
    return STATES[Integer.numberOfTrailingZeros(set)];
  }

  private static int bit(TcpState state) {
    return 1 << state.ordinal();
  }

  private static int[] behind() {
    int[] sets = new int[Event.values().length];
    for (StateRule rule : StateRules.all()) {
      if (!rule.stays()) {
        sets[rule.event().ordinal()] |= bit(rule.to());
      }
    }
    return sets;
  }
}
