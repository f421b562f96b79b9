package io.handshakelab.chart;

import io.handshakelab.chart.Timeline.Talk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** Puts the tables {@code tcp} and {@code states} together into a timeline. */
final class TimelineReader {
  /** Connections in one picture. */
  static final int MOST_TALKS = 8;

  private TimelineReader() {}

  /**
   * Reads the tables.
   *
   * @param room most moments of one connection
   */
  static Timeline read(Table tcp, Table states, Bounds bounds, int room) {
    Cells.needSegments(tcp, "states");
    Cells.needStates(states, "states");
    Map<Integer, List<Integer>> segments = new LinkedHashMap<>();
    Set<Integer> others = new HashSet<>();
    for (int i = 0; i < tcp.rowCount(); i++) {
      int conn = tcp.intColumn("conn").getInt(i);
      if (segments.containsKey(conn) || segments.size() < MOST_TALKS) {
        segments.computeIfAbsent(conn, c -> new ArrayList<>()).add(i);
      } else {
        others.add(conn);
      }
    }
    Map<Integer, List<Row>> changes = new HashMap<>();
    for (int i = 0; i < states.rowCount(); i++) {
      int conn = states.intColumn("conn").getInt(i);
      if (segments.containsKey(conn)) {
        changes.computeIfAbsent(conn, c -> new ArrayList<>()).add(states.row(i));
      }
    }
    List<Talk> talks = new ArrayList<>();
    segments.forEach(
        (conn, rows) ->
            talks.add(
                new TalkReader(tcp, rows, changes.getOrDefault(conn, List.of()), bounds)
                    .talk(conn, room)));
    return new Timeline(talks, others.size());
  }
}
