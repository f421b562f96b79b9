package io.handshakelab.simulate;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.Vantage;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.tcp.Connection;
import io.handshakelab.tcp.Segments;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.TcpAnalysis;
import io.handshakelab.tcp.TcpState;
import io.handshakelab.tcp.Transition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares what was inferred from a simulated capture with what was true, and counts. */
final class TruthComparison {
  /** What was compared, and how often. */
  static final class Counts {
    final EnumMap<Vantage, Integer> connections = new EnumMap<>(Vantage.class);
    final EnumMap<Vantage, Integer> transitions = new EnumMap<>(Vantage.class);
    final EnumMap<Vantage, Integer> required = new EnumMap<>(Vantage.class);

    /** Those of which the inference says that it does not know. */
    final EnumMap<Vantage, Integer> open = new EnumMap<>(Vantage.class);

    final EnumMap<Vantage, Integer> states = new EnumMap<>(Vantage.class);
    final TreeMap<String, Integer> hidden = new TreeMap<>();
    final EnumMap<Vantage, Integer> unknown = new EnumMap<>(Vantage.class);
    final TreeMap<String, Integer> rules = new TreeMap<>();
    final List<String> wrong = new ArrayList<>();

    void add(Counts other) {
      sum(connections, other.connections);
      sum(transitions, other.transitions);
      sum(required, other.required);
      sum(open, other.open);
      sum(states, other.states);
      sum(unknown, other.unknown);
      other.hidden.forEach((what, count) -> hidden.merge(what, count, Integer::sum));
      other.rules.forEach((rule, count) -> rules.merge(rule, count, Integer::sum));
      wrong.addAll(other.wrong);
    }

    @Override
    public String toString() {
      return "\n  connections "
          + connections
          + "\n  transitions inferred and compared "
          + transitions
          + "\n  true ones that left a trace "
          + required
          + ", of those not told "
          + open
          + "\n  states after segments, at the end's own network card "
          + states
          + ", not told "
          + unknown
          + "\n  without a trace "
          + hidden
          + "\n  otherwise than they were "
          + wrong.size()
          + "\n  "
          + rules;
    }

    private static void sum(EnumMap<Vantage, Integer> to, EnumMap<Vantage, Integer> from) {
      from.forEach((key, value) -> to.merge(key, value, Integer::sum));
    }
  }

  private static final List<String> SILENT = List.of("close", "abort", "user timeout");

  private final String name;
  private final SimulationResult result;
  private final Vantage vantage;
  private final TcpAnalysis tcp;
  private final Counts counts;

  /** By frame: the connection that it belongs to. */
  private final Map<Integer, Integer> connectionOfFrame = new HashMap<>();

  private TruthComparison(String name, SimulationResult result, Vantage vantage, Counts counts) {
    this.name = name;
    this.result = result;
    this.vantage = vantage;
    this.counts = counts;
    Capture capture = result.capture(vantage);
    this.tcp = TcpAnalysis.of(capture);
    Segments segments = tcp.segments();
    for (int i = 0; i < segments.size(); i++) {
      connectionOfFrame.put(segments.frame(i), segments.connection(i));
    }
  }

  static void compare(String name, SimulationResult result, Vantage vantage, Counts counts) {
    new TruthComparison(name, result, vantage, counts).run();
  }

  private void run() {
    Map<Integer, Integer> connectionOfLife = new HashMap<>();
    for (TrueTransition t : result.truth()) {
      OptionalInt frame = result.frame(vantage, t.packet());
      if (frame.isPresent()) {
        connectionOfLife.putIfAbsent(t.life(), connectionOfFrame.get(frame.getAsInt()));
      }
    }
    if (tcp.connections().stream().anyMatch(this::isTurned)) {
      counts.hidden.merge("turned at " + vantage.label(), 1, Integer::sum);
      return;
    }
    mapSilentLives(connectionOfLife);
    for (Connection connection : tcp.connections()) {
      counts.connections.merge(vantage, 1, Integer::sum);
      for (Sender end : Sender.values()) {
        Endpoint local = end == Sender.CLIENT ? connection.client() : connection.server();
        Endpoint remote = end == Sender.CLIENT ? connection.server() : connection.client();
        List<TrueTransition> truth = new ArrayList<>();
        for (TrueTransition t : result.truth()) {
          Integer number = connectionOfLife.get(t.life());
          if (number != null
              && number == connection.number()
              && t.local().equals(local)
              && t.remote().equals(remote)) {
            truth.add(t);
          }
        }
        compare(connection.number(), end, asSeen(connection.number(), end, truth));
      }
    }
  }

  /** Lives whose first packets were all lost belong to the connection that begins behind them. */
  private void mapSilentLives(Map<Integer, Integer> connectionOfLife) {
    for (TrueTransition t : result.truth()) {
      if (connectionOfLife.containsKey(t.life())) {
        continue;
      }
      for (Connection connection : tcp.connections()) {
        boolean ends =
            (connection.client().equals(t.local()) && connection.server().equals(t.remote()))
                || (connection.server().equals(t.local())
                    && connection.client().equals(t.remote()));
        boolean free =
            result.truth().stream()
                .filter(other -> other.local().equals(t.local()))
                .map(other -> connectionOfLife.get(other.life()))
                .noneMatch(number -> number != null && number == connection.number());
        long begins = tcp.capture().timeNanos(tcp.firstFrame(connection.number()));
        if (ends && free && begins >= t.timeNanos()) {
          connectionOfLife.put(t.life(), connection.number());
          break;
        }
      }
    }
  }

  /**
   * The truth without what leaves no trace. An end whose own SYN is lost, and that then answers the
   * other's, looks as if it had listened: nothing that it sends differs. A FIN that never arrives
   * anywhere was not sent, as far as a capture can tell.
   */
  private List<TrueTransition> asSeen(int connection, Sender end, List<TrueTransition> truth) {
    List<TrueTransition> seen = truth.stream().map(this::silent).toList();
    if (truth.size() >= 2
        && truth.get(0).event().equals("send SYN")
        && truth.get(1).event().equals("recv SYN")
        && !has(connection, end, "SYN")) {
      counts.hidden.merge("SYN at " + vantage.label(), 1, Integer::sum);
      List<TrueTransition> passive = new ArrayList<>();
      for (TrueTransition t : seen.subList(1, seen.size())) {
        boolean back = t.event().equals("recv RST") && t.from() == TcpState.SYN_RCVD;
        TcpState from = t.from() == TcpState.SYN_SENT ? TcpState.LISTEN : t.from();
        passive.add(with(t, from, back ? TcpState.LISTEN : t.to()));
      }
      seen = passive;
    }
    if (seen.stream().anyMatch(t -> t.event().equals("send FIN")) && !has(connection, end, "FIN")) {
      counts.hidden.merge("FIN at " + vantage.label(), 1, Integer::sum);
      seen =
          seen.stream()
              .filter(t -> !t.event().equals("send FIN"))
              .map(t -> with(t, beforeFin(t.from()), beforeFin(t.to())))
              .toList();
    }
    return seen;
  }

  /** An abort whose RST was lost is done in silence. */
  private TrueTransition silent(TrueTransition t) {
    boolean lost = t.event().equals("send RST") && result.frame(vantage, t.packet()).isEmpty();
    return !lost
        ? t
        : new TrueTransition(
            t.elapsedNanos(), t.life(), t.local(), t.remote(), t.from(), "abort", t.to(), -1);
  }

  private static TcpState beforeFin(TcpState state) {
    return switch (state) {
      case FIN_WAIT_1 -> TcpState.ESTABLISHED;
      case CLOSING, LAST_ACK -> TcpState.CLOSE_WAIT;
      default -> state;
    };
  }

  private static TrueTransition with(TrueTransition t, TcpState from, TcpState to) {
    return new TrueTransition(
        t.elapsedNanos(), t.life(), t.local(), t.remote(), from, t.event(), to, t.packet());
  }

  /** Whether a segment with this flag, and without ACK if it is a SYN, comes from there. */
  private boolean has(int connection, Sender end, String flag) {
    Segments segments = tcp.segments();
    for (int i = 0; i < segments.size(); i++) {
      String flags = segments.flagNames(i);
      boolean fits = flag.equals("SYN") ? flags.equals("SYN") : flags.startsWith(flag);
      if (segments.connection(i) == connection && segments.sender(i) == end && fits) {
        return true;
      }
    }
    return false;
  }

  private void compare(int connection, Sender end, List<TrueTransition> truth) {
    if (truth.isEmpty() && hasLife(connection, end)) {
      counts.hidden.merge("mixed at " + vantage.label(), 1, Integer::sum);
      return;
    }
    boolean[] matched = new boolean[truth.size()];
    int next = 0;
    for (Transition t : tcp.transitions()) {
      if (t.connection() != connection || t.endpoint() != end || t.evidence() == Evidence.KERNEL) {
        continue;
      }
      if (t.event().equals("passive open")) {
        boolean listened = !truth.isEmpty() && truth.get(0).from() == TcpState.LISTEN;
        if (!truth.isEmpty() && !listened) {
          wrong(connection, end, "claims LISTEN", t, truth);
        }
        continue;
      }
      int found = find(t, truth, next);
      if (found < 0) {
        wrong(connection, end, "claims what was not so", t, truth);
        return;
      }
      counts.transitions.merge(vantage, 1, Integer::sum);
      counts.rules.merge(t.event() + " -> " + t.to().label(), 1, Integer::sum);
      matched[found] = true;
      next = found + 1;
      if (SILENT.contains(truth.get(found).event())) {
        counts.hidden.merge("silent at " + vantage.label(), 1, Integer::sum);
        if (truth.get(found).timeNanos() > t.notAfterNanos()) {
          wrong(connection, end, "too early", t, truth);
        }
        continue;
      }
      bounds(connection, end, t, truth, truth.get(found));
    }
    boolean own = vantage == side(connection, end) && !bothOpen(connection);
    boolean complete = vantage == Vantage.BOTH || own;
    for (int i = 0; i < truth.size(); i++) {
      OptionalInt frame = result.frame(vantage, truth.get(i).packet());
      boolean here =
          frame.isPresent() && connectionOfFrame.getOrDefault(frame.getAsInt(), -1) == connection;
      if (complete && here) {
        counts.required.merge(vantage, 1, Integer::sum);
        if (!matched[i] && saysUnknown(connection, end, truth.get(i))) {
          counts.open.merge(vantage, 1, Integer::sum);
        } else if (!matched[i]) {
          wrong(connection, end, "misses " + text(truth.get(i)), null, truth);
          return;
        }
      }
    }
    if (own) {
      states(connection, end, truth);
    }
  }

  /** The host at the server's side has opened it: the name of the vantage says the contrary. */
  private boolean isTurned(Connection connection) {
    boolean card = vantage == Vantage.CLIENT || vantage == Vantage.SERVER;
    return card && side(connection.number(), Sender.CLIENT) == Vantage.SERVER;
  }

  /** At whose network card an end is. */
  private Vantage side(int connection, Sender end) {
    Connection ends = tcp.connections().get(connection);
    Endpoint local = end == Sender.CLIENT ? ends.client() : ends.server();
    return local.address().u8(0) == 192 ? Vantage.CLIENT : Vantage.SERVER;
  }

  /** Both ends have opened: a capture does not tell which of them its vantage calls the client. */
  private boolean bothOpen(int connection) {
    return has(connection, Sender.CLIENT, "SYN") && has(connection, Sender.SERVER, "SYN");
  }

  /**
   * Whether this end was ever anything but closed. If so, and nothing of that belongs to this
   * connection, its segments are parts of several.
   */
  private boolean hasLife(int connection, Sender end) {
    Connection ends = tcp.connections().get(connection);
    Endpoint local = end == Sender.CLIENT ? ends.client() : ends.server();
    Endpoint remote = end == Sender.CLIENT ? ends.server() : ends.client();
    Segments segments = tcp.segments();
    long last = 0;
    for (int i = 0; i < segments.size(); i++) {
      last = segments.connection(i) == connection ? segments.timeNanos(i) : last;
    }
    TcpState state = TcpState.CLOSED;
    for (TrueTransition t : result.truth()) {
      if (t.local().equals(local) && t.remote().equals(remote) && t.timeNanos() <= last) {
        boolean later = t.timeNanos() >= tcp.capture().timeNanos(tcp.firstFrame(connection));
        state = t.to();
        if (later) {
          return true;
        }
      }
    }
    return state != TcpState.CLOSED;
  }

  /** Whether the state at that time is not told. */
  private boolean saysUnknown(int connection, Sender end, TrueTransition t) {
    for (Transition said : tcp.transitions()) {
      if (said.connection() == connection
          && said.endpoint() == end
          && said.from() == null
          && said.notBeforeNanos() <= t.timeNanos()
          && said.notAfterNanos() >= t.timeNanos()) {
        return true;
      }
    }
    Segments segments = tcp.segments();
    TcpState last = null;
    for (int i = 0; i < segments.size(); i++) {
      if (segments.connection(i) == connection) {
        last = end == Sender.CLIENT ? segments.clientState(i) : segments.serverState(i);
      }
    }
    return last == null;
  }

  private int find(Transition t, List<TrueTransition> truth, int from) {
    for (int i = from; i < truth.size(); i++) {
      TrueTransition real = truth.get(i);
      boolean same = t.from() == null || t.from() == real.from();
      // Where it came from unknown states, the event is what shows it, not what made it.
      boolean how = t.from() == null || sameEvent(real.event(), t.event());
      if (same && how && real.to() == t.to()) {
        return i;
      }
    }
    return -1;
  }

  /** What an end does in silence is shown by what it does next, or by a RST that it gets. */
  private static boolean sameEvent(String real, String said) {
    // Whether the SYN,ACK itself or an ACK behind it came through makes no difference to the state.
    List<String> opening = List.of("recv ACK of SYN", "recv SYN,ACK");
    boolean acknowledged = opening.contains(real) && opening.contains(said);
    return acknowledged
        || real.equals(said)
        || (SILENT.contains(real) && (SILENT.contains(said) || said.endsWith("RST")));
  }

  private void bounds(
      int connection, Sender end, Transition t, List<TrueTransition> truth, TrueTransition real) {
    boolean inside =
        t.notBeforeNanos() <= real.timeNanos() && real.timeNanos() <= t.notAfterNanos();
    OptionalInt frame = result.frame(vantage, real.packet());
    boolean seen =
        t.evidence() != Evidence.WIRE
            || t.from() == null
            || !t.event().startsWith("recv")
            || (frame.isPresent() && t.frame() != null && t.frame() == frame.getAsInt());
    if (!inside) {
      wrong(connection, end, "bounds exclude " + text(real), t, truth);
    } else if (!seen) {
      wrong(connection, end, "names another frame than " + frame, t, truth);
    }
  }

  /** At its own network card the state of an end after each segment is the true one, or unknown. */
  private void states(int connection, Sender end, List<TrueTransition> truth) {
    Segments segments = tcp.segments();
    for (int i = 0; i < segments.size(); i++) {
      if (segments.connection(i) != connection) {
        continue;
      }
      TcpState said = end == Sender.CLIENT ? segments.clientState(i) : segments.serverState(i);
      if (said == null) {
        counts.unknown.merge(vantage, 1, Integer::sum);
        continue;
      }
      if (truth.isEmpty()) {
        continue;
      }
      counts.states.merge(vantage, 1, Integer::sum);
      if (!wasSo(said, segments.timeNanos(i), truth)) {
        wrong(
            connection,
            end,
            "after frame " + segments.frame(i) + " says " + said.label(),
            null,
            truth);
        return;
      }
    }
  }

  private static boolean wasSo(TcpState said, long nanos, List<TrueTransition> truth) {
    TcpState state = truth.get(0).from();
    for (TrueTransition t : truth) {
      if (t.timeNanos() > nanos) {
        break;
      }
      if (t.timeNanos() == nanos && said == state) {
        return true; // several things happened at that very moment
      }
      state = t.to();
    }
    return said == state;
  }

  private void wrong(
      int connection, Sender end, String what, @Nullable Transition t, List<TrueTransition> truth) {
    StringBuilder text = new StringBuilder();
    text.append(name)
        .append(" at ")
        .append(vantage.label())
        .append(", connection ")
        .append(connection)
        .append(", ")
        .append(end.label())
        .append(" (at the ")
        .append(side(connection, end).label())
        .append(" side): ")
        .append(what);
    if (t != null) {
      text.append(": ").append(text(t));
    }
    text.append("\n  truth:");
    for (TrueTransition real : truth) {
      text.append("\n    ").append(text(real));
    }
    text.append("\n  inferred:");
    for (Transition said : tcp.transitions()) {
      if (said.connection() == connection && said.endpoint() == end) {
        text.append("\n    ").append(text(said));
      }
    }
    Segments segments = tcp.segments();
    text.append("\n  segments:");
    for (int i = 0; i < segments.size(); i++) {
      if (segments.connection(i) == connection) {
        text.append("\n    ")
            .append(segments.frame(i))
            .append(' ')
            .append(millis(segments.timeNanos(i)))
            .append(' ')
            .append(segments.sender(i).label())
            .append(' ')
            .append(segments.flagNames(i))
            .append(" seq ")
            .append(segments.seq(i))
            .append(" ack ")
            .append(segments.ack(i))
            .append(" len ")
            .append(segments.length(i))
            .append(" | ")
            .append(label(segments.clientState(i)))
            .append(' ')
            .append(label(segments.serverState(i)))
            .append(" | ")
            .append(segments.note(i));
      }
    }
    counts.wrong.add(text.toString());
  }

  private String text(TrueTransition t) {
    return millis(t.timeNanos())
        + " life "
        + t.life()
        + " "
        + t.from().label()
        + " -"
        + t.event()
        + "-> "
        + t.to().label()
        + " frame "
        + result.frame(vantage, t.packet());
  }

  private String text(Transition t) {
    return label(t.from())
        + " -"
        + t.event()
        + "-> "
        + t.to().label()
        + " frame "
        + t.frame()
        + " "
        + t.evidence().label()
        + " "
        + (t.notBeforeNanos() == Transition.UNBOUNDED ? "…" : millis(t.notBeforeNanos()))
        + " to "
        + millis(t.notAfterNanos());
  }

  private static String label(@Nullable TcpState state) {
    return state == null ? "?" : state.label();
  }

  private static String millis(long nanos) {
    return (nanos - VirtualClock.START_NANOS) / 1e6 + " ms";
  }
}
