package io.handshakelab.chart;

import io.handshakelab.tcp.Transition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Row;

/**
 * Between which times a change of state lies, where that is all that is known. The table of states
 * has one time only, so this stands beside it.
 */
public final class Bounds {
  private final Map<Key, double[]> known = new HashMap<>();

  private record Key(int conn, String endpoint, String event, String to, int frame) {}

  /** Those of a capture that begins at this time. */
  public static Bounds of(List<Transition> transitions, long startNanos) {
    Bounds bounds = new Bounds();
    for (Transition t : transitions) {
      if (t.isBetween() && t.notBeforeNanos() != Transition.UNBOUNDED) {
        bounds.add(
            t.connection(),
            t.endpoint().label(),
            t.event(),
            t.to().label(),
            t.frame(),
            (t.notBeforeNanos() - startNanos) / 1e9,
            (t.notAfterNanos() - startNanos) / 1e9);
      }
    }
    return bounds;
  }

  /**
   * Adds a change, named by its row in the table.
   *
   * @param frame as in the table, or null
   * @param notBefore seconds since the capture's first frame
   * @param notAfter likewise
   */
  public Bounds add(
      int conn,
      String endpoint,
      String event,
      String to,
      @Nullable Integer frame,
      double notBefore,
      double notAfter) {
    known.put(
        new Key(conn, endpoint, event, to, frame == null ? -1 : frame),
        new double[] {notBefore, notAfter});
    return this;
  }

  /** Null where nothing is known but the time in the table. */
  double @Nullable [] of(Row row) {
    double[] found =
        known.get(
            new Key(
                Cells.integer(row, "conn", -1),
                Cells.text(row, "endpoint"),
                Cells.text(row, "event"),
                Cells.text(row, "to"),
                Cells.integer(row, "frame", -1)));
    return found == null ? null : found.clone();
  }
}
