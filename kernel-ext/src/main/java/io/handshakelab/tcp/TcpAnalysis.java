package io.handshakelab.tcp;

import io.handshakelab.capture.Capture;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The TCP connections of one capture. Segments and streams are read at once; states and transitions
 * when they are first asked for.
 */
public final class TcpAnalysis {
  private final Capture capture;
  private final SegmentColumns columns;
  private final List<Flow> flows;
  private @Nullable List<Connection> connections;
  private final Segments segments;
  private final List<String> readerWarnings;
  private @Nullable StateHistory history;
  private @Nullable List<Transition> transitions;
  private List<String> contradictions = List.of();
  private List<Unknown> unknown = List.of();

  private TcpAnalysis(
      Capture capture, SegmentColumns columns, List<Flow> flows, List<String> readerWarnings) {
    this.readerWarnings = readerWarnings;
    this.capture = capture;
    this.columns = columns;
    this.flows = flows;
    this.segments = new Segments(capture, columns, flows, this::history);
  }

  public static TcpAnalysis of(Capture capture) {
    SegmentReader reader = new SegmentReader(capture).read();
    return new TcpAnalysis(capture, reader.columns(), reader.flows(), reader.warnings());
  }

  public Capture capture() {
    return capture;
  }

  /** In the order of their numbers. They stay in memory, with what was read of their streams. */
  public synchronized List<Connection> connections() {
    List<Connection> known = connections;
    if (known == null) {
      List<Connection> all = new ArrayList<>(flows.size());
      for (Flow flow : flows) {
        all.add(connection(flow));
      }
      known = List.copyOf(all);
      connections = known;
    }
    return known;
  }

  public int connectionCount() {
    return flows.size();
  }

  /** One of {@link #connections}, made anew and not kept. */
  public Connection connection(int number) {
    return connection(flows.get(number));
  }

  /** Number of the frame with which a connection begins; those of later ones come later. */
  public int firstFrame(int connection) {
    return columns.frame[flows.get(connection).firstRow];
  }

  public Segments segments() {
    return segments;
  }

  /** By connection and time, those read from the operating system among them. */
  public synchronized List<Transition> transitions() {
    List<Transition> known = transitions;
    if (known == null) {
      BitSet openEnds = new BitSet();
      List<Unknown> reasons = new ArrayList<>();
      List<Transition> all = StateHistory.transitions(capture, columns, flows, openEnds, reasons);
      unknown = List.copyOf(reasons);
      SocketReadings readings = SocketReadings.of(capture, columns, flows, all, openEnds);
      all.addAll(readings.transitions());
      contradictions = readings.contradictions();
      all.sort(
          Comparator.comparingInt(Transition::connection).thenComparingLong(Transition::timeNanos));
      known = List.copyOf(all);
      transitions = known;
    }
    return known;
  }

  /** Why states are not told where they are not, by connection. */
  public synchronized List<Unknown> unknownStates() {
    transitions();
    return unknown;
  }

  /** Where the system's own table says otherwise than the segments, each in one line. */
  public synchronized List<String> contradictions() {
    if (!capture.readings().isEmpty()) {
      transitions();
    }
    return contradictions;
  }

  /** What could not be kept, and what contradicts itself, each in one line. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(readerWarnings);
    warnings.addAll(contradictions());
    for (Flow flow : flows) {
      for (Sender sender : Sender.values()) {
        Reassembler stream = flow.from(sender).stream;
        String what = "connection " + flow.number + ", from the " + sender.label() + ": ";
        if (stream.limited()) {
          warnings.add(
              what
                  + "kept "
                  + stream.contiguous()
                  + " bytes; of what one end of a connection sent, at most 2 GiB are read");
        }
        if (stream.crowded()) {
          warnings.add(what + "more segments out of order than can be sorted, some were dropped");
        }
      }
    }
    return warnings;
  }

  private synchronized StateHistory history() {
    StateHistory known = history;
    if (known == null) {
      known = StateHistory.of(capture, columns, flows);
      history = known;
    }
    return known;
  }

  private Connection connection(Flow flow) {
    return new Connection(
        flow.number,
        flow.client(),
        flow.server(),
        flow.openingSeen,
        new SegmentStream(capture, columns, flow, Sender.CLIENT),
        new SegmentStream(capture, columns, flow, Sender.SERVER));
  }
}
