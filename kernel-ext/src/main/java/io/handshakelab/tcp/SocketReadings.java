package io.handshakelab.tcp;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.SocketReading;
import io.handshakelab.packet.Endpoint;
import java.util.ArrayList;
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

  private SocketReadings(Capture capture, SegmentColumns columns, List<Flow> flows) {
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

  /** A reading says that the state held at some moment; its row has the time when it was over. */
  static List<Transition> of(Capture capture, SegmentColumns columns, List<Flow> flows) {
    if (capture.readings().isEmpty()) {
      return List.of();
    }
    SocketReadings readings = new SocketReadings(capture, columns, flows);
    capture.readings().forEach(readings::add);
    return readings.found;
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
    found.add(
        new Transition(
            flow.number,
            reading.untilNanos(),
            end,
            before,
            EVENT,
            state,
            null,
            "RFC 9293 §3.3.2",
            Evidence.KERNEL));
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
