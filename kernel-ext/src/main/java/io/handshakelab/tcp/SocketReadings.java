package io.handshakelab.tcp;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.SocketReading;
import io.handshakelab.packet.Endpoint;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns states that were read from the operating system into transitions of the connections. */
final class SocketReadings {
  static final String EVENT = "read /proc/net/tcp";

  private final Capture capture;
  private final SegmentColumns columns;
  private final Map<Endpoint, Map<Endpoint, List<Flow>>> byEnds = new HashMap<>();
  private final Map<Integer, List<Flow>> byServerPort = new HashMap<>();
  private final Map<String, TcpState> last = new HashMap<>();
  private final List<Transition> found = new ArrayList<>();
  private final List<String> contradictions = new ArrayList<>();
  private final List<Transition> inferred;
  private final BitSet openEnds;

  private SocketReadings(
      Capture capture,
      SegmentColumns columns,
      List<Flow> flows,
      List<Transition> inferred,
      BitSet openEnds) {
    this.inferred = inferred;
    this.openEnds = openEnds;
    this.capture = capture;
    this.columns = columns;
    for (Flow flow : flows) {
      byEnds
          .computeIfAbsent(flow.client(), end -> new HashMap<>())
          .computeIfAbsent(flow.server(), end -> new ArrayList<>())
          .add(flow);
      byServerPort.computeIfAbsent(flow.server().port(), port -> new ArrayList<>()).add(flow);
    }
  }

  /** Finds the connections of all readings, and compares each with what was inferred. */
  static SocketReadings of(
      Capture capture,
      SegmentColumns columns,
      List<Flow> flows,
      List<Transition> inferred,
      BitSet openEnds) {
    boolean none = capture.readings().isEmpty();
    SocketReadings readings =
        new SocketReadings(capture, columns, none ? List.of() : flows, inferred, openEnds);
    capture.readings().forEach(readings::add);
    return readings;
  }

  /** A reading says that the state held at some moment; its row has the time when it was over. */
  List<Transition> transitions() {
    return found;
  }

  /** The readings that do not fit, each in one line. */
  List<String> contradictions() {
    return contradictions;
  }

  private void add(SocketReading reading) {
    TcpState state = state(reading.state());
    if (state == null || reading.local().isUnresolved() || reading.remote().isUnresolved()) {
      return;
    }
    Endpoint local = Endpoint.of(reading.local());
    if (state == TcpState.LISTEN) {
      byServerPort.getOrDefault(local.port(), List.of()).stream()
          .filter(flow -> isWildcard(local) || flow.server().equals(local))
          .filter(flow -> reading.fromNanos() <= end(flow))
          .forEach(flow -> add(flow, Sender.SERVER, state, reading));
      return;
    }
    Endpoint remote = Endpoint.of(reading.remote());
    Flow flow = during(local, remote, reading);
    if (flow != null) {
      add(flow, Sender.CLIENT, state, reading);
      return;
    }
    flow = during(remote, local, reading);
    if (flow != null) {
      add(flow, Sender.SERVER, state, reading);
    }
  }

  /** The latest connection between these ends that had begun when the reading was over. */
  private @Nullable Flow during(Endpoint client, Endpoint server, SocketReading reading) {
    List<Flow> flows = byEnds.getOrDefault(client, Map.of()).getOrDefault(server, List.of());
    Flow best = null;
    for (Flow flow : flows) {
      if (best == null || start(flow) <= reading.untilNanos()) {
        best = flow;
      }
    }
    return best;
  }

  private void add(Flow flow, Sender end, TcpState state, SocketReading reading) {
    TcpState before = last.put(flow.number + " " + end, state);
    TcpState shown =
        new Reconciliation(ofConnection(flow), end, openEnds.get(2 * flow.number + end.ordinal()))
            .contradicted(state, reading.fromNanos(), reading.untilNanos());
    if (shown != null) {
      contradict(flow, end, state, shown, reading);
    }
    found.add(
        new Transition(
            flow.number,
            reading.untilNanos(),
            end,
            before,
            shown == null ? EVENT : EVENT + ": contradicts " + shown.label(),
            state,
            null,
            "RFC 9293 §3.3.2",
            Evidence.KERNEL,
            reading.fromNanos(),
            reading.untilNanos()));
  }

  private void contradict(
      Flow flow, Sender end, TcpState state, TcpState shown, SocketReading reading) {
    long micros = (reading.untilNanos() - capture.startNanos()) / 1000;
    contradictions.add(
        "connection "
            + flow.number
            + ", "
            + end.label()
            + ": the system's socket table said "
            + state.label()
            + " at "
            + micros / 1e6
            + " s, where the segments show "
            + shown.label());
  }

  /** They lie together, in the order of the connections. */
  private List<Transition> ofConnection(Flow flow) {
    int from = firstAt(flow.number);
    return inferred.subList(from, firstAt(flow.number + 1));
  }

  private int firstAt(int connection) {
    int low = 0;
    int high = inferred.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (inferred.get(middle).connection() < connection) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private long start(Flow flow) {
    return capture.timeNanos(columns.frame[flow.firstRow]);
  }

  private long end(Flow flow) {
    return capture.timeNanos(columns.frame[flow.lastRow]);
  }

  private static boolean isWildcard(Endpoint end) {
    for (int i = 0; i < end.address().length(); i++) {
      if (end.address().u8(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable TcpState state(String label) {
    for (TcpState state : TcpState.values()) {
      if (state.label().equals(label)) {
        return state;
      }
    }
    return null;
  }
}
