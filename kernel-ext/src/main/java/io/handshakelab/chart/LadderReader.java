package io.handshakelab.chart;

import io.handshakelab.chart.Ladder.Arrow;
import io.handshakelab.chart.Ladder.Change;
import io.handshakelab.chart.Ladder.Lock;
import io.handshakelab.chart.Ladder.Name;
import io.handshakelab.chart.Ladder.Step;
import io.handshakelab.chart.Ladder.Talk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** Puts the rows of several tables together into the steps of a ladder. */
final class LadderReader {
  /** On a segment with data, PSH and ACK are nothing to speak of. */
  private static final Pattern UNUSUAL = Pattern.compile("FIN|SYN|RST|URG");

  private final Map<Integer, List<Step>> steps = new LinkedHashMap<>();
  private final Map<Integer, String[]> ends = new HashMap<>();
  private final Map<Integer, Step> byFrame = new HashMap<>();
  private final TlsNames tls;
  private final Map<Integer, String> http = new HashMap<>();
  private int left;

  private LadderReader(Table tls) {
    this.tls = new TlsNames(tls);
  }

  static Ladder read(Table tcp, Table states, Table tls, @Nullable Table http, int maxRows) {
    Cells.needSegments(tcp, "ladder");
    Cells.needStates(states, "ladder");
    LadderReader reader = new LadderReader(tls);
    if (http != null) {
      Cells.need(http, "ladder", "frame", "line");
      for (Row row : http) {
        reader.http.merge(row.getInt("frame"), row.getString("line"), (a, b) -> a + " · " + b);
      }
    }
    for (Row row : tcp) {
      reader.segment(row, maxRows);
    }
    reader.states(states);
    List<Talk> talks = new ArrayList<>();
    reader.steps.forEach(
        (conn, list) -> {
          String[] names = reader.ends.getOrDefault(conn, new String[] {"", ""});
          talks.add(new Talk(conn, names[0], names[1], list));
        });
    return new Ladder(talks, reader.left);
  }

  private void segment(Row row, int maxRows) {
    if (byFrame.size() >= maxRows) {
      left++;
      return;
    }
    int conn = row.getInt("conn");
    int frame = row.getInt("frame");
    boolean fromClient = row.getString("sender").equals("client");
    ends.computeIfAbsent(
        conn,
        c -> {
          String src = Cells.text(row, "src");
          String dst = Cells.text(row, "dst");
          return fromClient ? new String[] {src, dst} : new String[] {dst, src};
        });
    Step step = new Step(row.getDouble("time"), arrow(row, conn, frame, fromClient));
    steps.computeIfAbsent(conn, c -> new ArrayList<>()).add(step);
    byFrame.put(frame, step);
  }

  private Arrow arrow(Row row, int conn, int frame, boolean fromClient) {
    int len = Cells.integer(row, "len", 0);
    String flags = Cells.text(row, "flags");
    long seq = row.isMissing("seq") ? -1 : row.getLong("seq");
    List<Name> names = new ArrayList<>(tls.of(conn, frame, fromClient, seq, len));
    String line = http.get(frame);
    if (line != null) {
      names.add(new Name(line, Lock.NONE, Ink.DATA));
    }
    String news = flags;
    if (names.isEmpty()) {
      names.add(
          new Name(
              flags.replace(",", ", "),
              Lock.NONE,
              flags.contains("RST") ? Ink.BAD : len > 0 ? Ink.DATA : Ink.CONTROL));
      news = "";
    }
    StringBuilder detail = new StringBuilder(UNUSUAL.matcher(news).find() ? news + " " : "");
    if (seq >= 0) {
      detail.append("seq=").append(seq).append(' ');
    }
    if (!row.isMissing("ack")) {
      detail.append("ack=").append(row.getLong("ack")).append(' ');
    }
    detail.append("len=").append(len);
    String note = Cells.text(row, "note");
    return new Arrow(frame, fromClient, names, detail.toString(), note, Cells.inferred(row));
  }

  private void states(Table states) {
    Map<Integer, List<Row>> byConnection = new LinkedHashMap<>();
    for (int i = 0; i < states.rowCount(); i++) {
      Row row = states.row(i);
      if (!row.isMissing("conn")) {
        byConnection.computeIfAbsent(row.getInt("conn"), c -> new ArrayList<>()).add(row);
      }
    }
    byConnection.forEach(
        (conn, rows) -> {
          List<Step> list = steps.get(conn);
          if (list != null) {
            states(list, rows);
          }
        });
  }

  private void states(List<Step> list, List<Row> rows) {
    IdentityHashMap<Row, Step> places = places(list, rows);
    Map<String, String> current = new HashMap<>();
    List<Row> waiting = new ArrayList<>();
    for (Row row : rows) {
      String to = Cells.text(row, "to");
      if (to.equals(current.put(Cells.text(row, "endpoint"), to))) {
        continue; // a reading that only confirms what was known
      }
      if (row.isMissing("frame")) {
        waiting.add(row);
        continue;
      }
      Step step = places.get(row);
      double time = row.getDouble("time");
      waiting.forEach(w -> insert(list, w, w.getDouble("time") >= time ? step : null));
      waiting.clear();
      if (step != null) {
        step.add(change(row));
      }
    }
    if (left == 0) {
      waiting.forEach(w -> insert(list, w, null));
    }
  }

  /**
   * Where each change stands: at its frame, but never below a later change of the same end. An
   * earlier frame may show what happened later, where segments cross on their way.
   */
  private IdentityHashMap<Row, Step> places(List<Step> list, List<Row> rows) {
    IdentityHashMap<Step, Integer> order = new IdentityHashMap<>();
    list.forEach(step -> order.put(step, order.size()));
    IdentityHashMap<Row, Step> places = new IdentityHashMap<>();
    Map<String, Step> next = new HashMap<>();
    for (int i = rows.size() - 1; i >= 0; i--) {
      Row row = rows.get(i);
      Step own = byFrame.get(Cells.integer(row, "frame", -1));
      if (own == null) {
        continue;
      }
      Step later = next.getOrDefault(Cells.text(row, "endpoint"), own);
      Step place = order.getOrDefault(own, 0) <= order.getOrDefault(later, 0) ? own : later;
      next.put(Cells.text(row, "endpoint"), place);
      places.put(row, place);
    }
    return places;
  }

  /** What no frame shows gets a row of its own, by its time and in any case before that step. */
  private static void insert(List<Step> list, Row row, @Nullable Step before) {
    double time = row.getDouble("time");
    int at = 0;
    while (at < list.size() && list.get(at) != before && list.get(at).time() <= time) {
      at++;
    }
    Step step = new Step(time, null);
    step.add(change(row));
    list.add(at, step);
  }

  private static Change change(Row row) {
    return new Change(
        Cells.text(row, "endpoint").equals("client"),
        Cells.text(row, "from"),
        Cells.text(row, "event"),
        Cells.text(row, "to"),
        Cells.inferred(row));
  }
}
