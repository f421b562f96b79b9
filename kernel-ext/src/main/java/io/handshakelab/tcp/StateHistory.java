package io.handshakelab.tcp;

import io.handshakelab.capture.Capture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The states of both ends after each segment, and the transitions between them. A state after a
 * segment is the one that an end is in when it has that segment; when that was, the transitions
 * say.
 */
final class StateHistory {
  private static final byte UNKNOWN = -1;

  private final byte[][] states;

  private StateHistory(int rows) {
    states = new byte[][] {new byte[rows], new byte[rows]};
    for (byte[] column : states) {
      Arrays.fill(column, UNKNOWN);
    }
  }

  /** The states after each segment. */
  static StateHistory of(Capture capture, SegmentColumns columns, List<Flow> flows) {
    StateHistory history = new StateHistory(columns.count);
    Vantages vantages = Vantages.of(capture, flows);
    Reuse reuse = new Reuse();
    for (Flow flow : flows) {
      ConnectionStates connection =
          new ConnectionStates(capture, columns, flow, vantages.of(flow), null);
      connection.begin(reuse);
      history.follow(flow, columns, connection);
      reuse.end(flow, connection);
    }
    return history;
  }

  /** A method of its own, so that it is compiled soon. */
  private void follow(Flow flow, SegmentColumns columns, ConnectionStates connection) {
    for (int row = flow.firstRow; row >= 0; row = columns.next[row]) {
      connection.segment(row);
      keep(row, Sender.CLIENT, connection);
      keep(row, Sender.SERVER, connection);
    }
  }

  /**
   * By connection; within one, in the order in which they happened at each end.
   *
   * @param openEnds is filled: two bits for each connection, set where the state of the client, or
   *     of the server, is not known after the last segment
   * @param unknown is filled: why states are not told
   */
  static List<Transition> transitions(
      Capture capture,
      SegmentColumns columns,
      List<Flow> flows,
      BitSet openEnds,
      List<Unknown> unknown) {
    List<Transition> all = new ArrayList<>();
    Vantages vantages = Vantages.of(capture, flows);
    Reuse reuse = new Reuse();
    for (Flow flow : flows) {
      ConnectionStates connection =
          new ConnectionStates(capture, columns, flow, vantages.of(flow), all);
      connection.begin(reuse);
      for (int row = flow.firstRow; row >= 0; row = columns.next[row]) {
        connection.segment(row);
      }
      reuse.end(flow, connection);
      connection.end();
      for (Sender end : Sender.values()) {
        openEnds.set(2 * flow.number + end.ordinal(), connection.state(end) == null);
        unknown.addAll(connection.of(end).unknown());
      }
    }
    return all;
  }

  @Nullable TcpState state(Sender end, int row) {
    byte state = states[end.ordinal()][row];
    return state == UNKNOWN ? null : TcpState.of(state);
  }

  private void keep(int row, Sender end, ConnectionStates connection) {
    TcpState state = connection.state(end);
    states[end.ordinal()][row] = state == null ? UNKNOWN : (byte) state.ordinal();
  }
}
