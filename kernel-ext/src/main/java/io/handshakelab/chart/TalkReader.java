package io.handshakelab.chart;

import io.handshakelab.chart.Timeline.Flight;
import io.handshakelab.chart.Timeline.Moment;
import io.handshakelab.chart.Timeline.Reading;
import io.handshakelab.chart.Timeline.Run;
import io.handshakelab.chart.Timeline.Talk;
import io.handshakelab.chart.Timeline.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/**
 * The moments of one connection. Where it has more segments than there is room for, those that
 * changed no state are drawn together.
 */
final class TalkReader {
  /** Notes on what did not go as it should; the others explain what did. */
  static final Pattern TROUBLE =
      Pattern.compile(
          "retransmission|out-of-order|missing|not in the capture|duplicate|zero window"
              + "|window full|window probe|reused|RST");

  private static final int SHORTEST_RUN = 3;

  private final Table tcp;
  private final List<Integer> rows;
  private final Bounds bounds;
  private final List<Row> changes = new ArrayList<>();
  private final List<Reading> readings = new ArrayList<>();
  private final Set<Integer> eventful = new HashSet<>();

  /** Frames behind which the state of the client, or negative: of the server, is not known. */
  private final Set<Integer> lost = new HashSet<>();

  /**
   * One connection.
   *
   * @param rows of its segments in {@code tcp}
   * @param states its rows in the table of states
   */
  TalkReader(Table tcp, List<Integer> rows, List<Row> states, Bounds bounds) {
    this.tcp = tcp;
    this.rows = rows;
    this.bounds = bounds;
    for (Row row : states) {
      if (Cells.text(row, "evidence").equals("kernel")) {
        boolean odd = Cells.text(row, "event").contains("contradicts");
        readings.add(new Reading(isClient(row), row.getDouble("time"), Cells.text(row, "to"), odd));
      } else {
        changes.add(row);
        eventful.add(Cells.integer(row, "frame", -1));
      }
    }
    findLost("client_state", 1);
    findLost("server_state", -1);
  }

  /** Frames behind which a state is not known that was known before. */
  private void findLost(String column, int sign) {
    if (!tcp.containsColumn(column)) {
      return;
    }
    boolean known = false;
    for (int row : rows) {
      boolean empty = tcp.stringColumn(column).isMissing(row);
      if (known && empty) {
        lost.add(sign * frame(row));
        eventful.add(frame(row));
      }
      known = !empty;
    }
  }

  Talk talk(int conn, int room) {
    List<Moment> moments = moments(rows.size() <= room ? Folding.NOTHING : Folding.QUIET);
    if (moments.size() > room) {
      moments = moments(Folding.ALL);
    }
    int left = 0;
    while (moments.size() > room) {
      Moment last = moments.remove(moments.size() - 1);
      Run run = last.run();
      left += run == null ? 1 : run.segments();
    }
    turn(moments, left > 0);
    lose(moments, true);
    lose(moments, false);
    boolean fromClient = tcp.stringColumn("sender").get(rows.get(0)).equals("client");
    String src = tcp.stringColumn("src").get(rows.get(0));
    String dst = tcp.stringColumn("dst").get(rows.get(0));
    return new Talk(
        conn,
        fromClient ? src : dst,
        fromClient ? dst : src,
        stays(true),
        stays(false),
        moments,
        readings,
        left);
  }

  /** Which segments may be drawn together. */
  private enum Folding {
    NOTHING,
    QUIET,
    ALL
  }

  private List<Moment> moments(Folding folding) {
    List<Moment> moments = new ArrayList<>();
    List<Integer> together = new ArrayList<>();
    Map<String, Integer> sent = new HashMap<>();
    for (int row : rows) {
      boolean quiet = folding == Folding.ALL || !TROUBLE.matcher(note(row)).find();
      if (folding != Folding.NOTHING && quiet && !eventful.contains(frame(row))) {
        together.add(row);
        continue;
      }
      end(moments, together);
      moments.add(moment(row));
      repeated(moments, sent, row);
    }
    end(moments, together);
    return moments;
  }

  /** A run that is over becomes one moment, if it is worth it. */
  private void end(List<Moment> moments, List<Integer> together) {
    if (together.size() < SHORTEST_RUN) {
      together.forEach(row -> moments.add(moment(row)));
    } else {
      int first = together.get(0);
      int last = together.get(together.size() - 1);
      moments.add(Moment.of(time(first), time(last), run(together)));
    }
    together.clear();
  }

  private Run run(List<Integer> together) {
    long[] bytes = new long[2];
    int troubles = 0;
    for (int row : together) {
      bytes[fromClient(row) ? 0 : 1] += length(row);
      troubles += TROUBLE.matcher(note(row)).find() ? 1 : 0;
    }
    return new Run(
        together.size(),
        bytes[0],
        bytes[1],
        troubles,
        frame(together.get(0)),
        frame(together.get(together.size() - 1)));
  }

  private Moment moment(int row) {
    String note = note(row);
    String trouble = "";
    for (String part : note.split("; ", -1)) {
      if (trouble.isEmpty() && TROUBLE.matcher(part).find()) {
        trouble = part;
      }
    }
    return Moment.of(
        time(row),
        new Flight(
            frame(row),
            fromClient(row),
            tcp.stringColumn("flags").get(row),
            tcp.longColumn("seq").isMissing(row) ? -1 : tcp.longColumn("seq").getLong(row),
            tcp.longColumn("ack").isMissing(row) ? null : tcp.longColumn("ack").getLong(row),
            length(row),
            trouble,
            tcp.stringColumn("evidence").get(row).equals("inferred"),
            /* again= */ false));
  }

  /** If the same was sent before, and changed nothing at the other end, it may have been lost. */
  private void repeated(List<Moment> moments, Map<String, Integer> sent, int row) {
    String flags = tcp.stringColumn("flags").get(row);
    if (length(row) == 0 && !flags.contains("SYN") && !flags.contains("FIN")) {
      return;
    }
    String key =
        fromClient(row)
            + " "
            + flags
            + " "
            + tcp.longColumn("seq").getLong(row)
            + " "
            + length(row);
    Integer before = sent.put(key, moments.size() - 1);
    if (before == null || !note(row).contains("retransmission")) {
      return;
    }
    Moment earlier = moments.get(before);
    Flight flight = earlier.flight();
    if (flight != null) {
      moments.set(before, Moment.of(earlier.time(), flight.sentAgain()));
    }
  }

  private void turn(List<Moment> moments, boolean cut) {
    Map<Integer, Moment> byFrame = new HashMap<>();
    for (Moment moment : moments) {
      Flight flight = moment.flight();
      if (flight != null) {
        byFrame.put(flight.frame(), moment);
      }
    }
    Moment[] places = places(moments, byFrame);
    List<Row> waiting = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      Row row = changes.get(i);
      Moment moment = places[i];
      if (moment != null) {
        for (Row earlier : waiting) {
          boolean together = earlier.getDouble("time") >= row.getDouble("time");
          insert(moments, earlier, together ? moment : null);
        }
        waiting.clear();
        moment.add(turn(row));
      } else if (row.isMissing("frame")) {
        waiting.add(row);
      }
    }
    if (!cut) {
      waiting.forEach(row -> insert(moments, row, null));
    }
  }

  /**
   * Where each change stands: at its frame, but never behind a later change of the same end. An
   * earlier frame may show what happened later, where segments cross on their way.
   */
  private @Nullable Moment[] places(List<Moment> moments, Map<Integer, Moment> byFrame) {
    IdentityHashMap<Moment, Integer> order = new IdentityHashMap<>();
    moments.forEach(moment -> order.put(moment, order.size()));
    @Nullable Moment[] places = new Moment[changes.size()];
    Map<Boolean, Moment> next = new HashMap<>();
    for (int i = places.length - 1; i >= 0; i--) {
      Row row = changes.get(i);
      Moment own = byFrame.get(Cells.integer(row, "frame", -1));
      Moment later = next.get(isClient(row));
      if (own != null && later != null) {
        own = order.getOrDefault(own, 0) <= order.getOrDefault(later, 0) ? own : later;
      }
      if (own != null) {
        next.put(isClient(row), own);
      }
      places[i] = own;
    }
    return places;
  }

  /** The state of an end that never changes it, as the table of segments has it; else empty. */
  private String stays(boolean client) {
    String column = client ? "client_state" : "server_state";
    boolean changes = this.changes.stream().anyMatch(row -> isClient(row) == client);
    int first = rows.get(0);
    return changes || !tcp.containsColumn(column) || tcp.stringColumn(column).isMissing(first)
        ? ""
        : tcp.stringColumn(column).get(first);
  }

  /**
   * Where the state of an end is not known any more, as the table of segments has it. One that is
   * only between the last and the next, at a time that is not known, is drawn as that.
   */
  private void lose(List<Moment> moments, boolean client) {
    String next = "";
    for (int i = moments.size() - 1; i >= 0; i--) {
      Moment moment = moments.get(i);
      Flight flight = moment.flight();
      List<Turn> own = moment.turns().stream().filter(t -> t.client() == client).toList();
      if (flight != null && next.isEmpty() && lost.contains((client ? 1 : -1) * flight.frame())) {
        moment.add(
            new Turn(
                client, "", "", "", /* inferred= */ true, flight.frame(), Double.NaN, Double.NaN));
      }
      next = own.isEmpty() ? next : own.get(0).from();
    }
  }

  /** What no frame shows has a place by its time, and in any case before that moment. */
  private void insert(List<Moment> moments, Row row, @Nullable Moment before) {
    double time = row.getDouble("time");
    int at = 0;
    while (at < moments.size() && moments.get(at) != before && moments.get(at).time() <= time) {
      at++;
    }
    Moment own = Moment.of(time);
    own.add(turn(row));
    moments.add(at, own);
  }

  private Turn turn(Row row) {
    double[] between = bounds.of(row);
    if (between != null && Cells.text(row, "event").startsWith("send")) {
      between[0] = Math.max(between[0], acknowledged(Cells.integer(row, "frame", -1)));
    }
    return new Turn(
        isClient(row),
        Cells.text(row, "from"),
        Cells.text(row, "event"),
        Cells.text(row, "to"),
        Cells.inferred(row),
        Cells.integer(row, "frame", -1),
        between == null ? Double.NaN : between[0],
        between == null ? Double.NaN : between[1]);
  }

  /** What a segment acknowledges had been seen before it was sent: when that was first. */
  private double acknowledged(int frame) {
    int own = -1;
    for (int row : rows) {
      own = frame(row) == frame ? row : own;
    }
    if (own < 0 || tcp.longColumn("ack").isMissing(own)) {
      return Double.NEGATIVE_INFINITY;
    }
    long ack = tcp.longColumn("ack").getLong(own);
    for (int row : rows) {
      if (fromClient(row) != fromClient(own) && end(row) >= ack) {
        return Math.min(time(row), time(own));
      }
    }
    return Double.NEGATIVE_INFINITY;
  }

  /** The number after the last one that a segment takes up. */
  private long end(int row) {
    if (tcp.longColumn("seq").isMissing(row)) {
      return -1;
    }
    String flags = tcp.stringColumn("flags").get(row);
    int more = (flags.contains("SYN") ? 1 : 0) + (flags.contains("FIN") ? 1 : 0);
    return tcp.longColumn("seq").getLong(row) + length(row) + more;
  }

  private static boolean isClient(Row row) {
    return Cells.text(row, "endpoint").equals("client");
  }

  private int frame(int row) {
    return tcp.intColumn("frame").getInt(row);
  }

  private double time(int row) {
    return tcp.doubleColumn("time").getDouble(row);
  }

  private boolean fromClient(int row) {
    return tcp.stringColumn("sender").get(row).equals("client");
  }

  private int length(int row) {
    return tcp.intColumn("len").isMissing(row) ? 0 : tcp.intColumn("len").getInt(row);
  }

  private String note(int row) {
    return tcp.stringColumn("note").isMissing(row) ? "" : tcp.stringColumn("note").get(row);
  }
}
