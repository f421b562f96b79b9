package io.handshakelab.chart;

import io.handshakelab.x509.CaComparison;
import io.handshakelab.x509.CaTree;
import io.handshakelab.x509.Fate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/** Pictures of tables. The tables may be cut down to what should be seen. */
public final class Charts {
  /** Segments on a ladder chart, if nothing else is said. */
  public static final int DEFAULT_ROWS = 60;

  /** Segments of each connection on a chart of states, if nothing else is said. */
  public static final int DEFAULT_MOMENTS = 16;

  private Charts() {}

  /**
   * A sequence diagram: an arrow for each segment, named after the TLS messages that it carries,
   * and the states of both ends along the rails.
   *
   * @param tcp as from {@code Tables.tcp}, perhaps of one connection only
   * @param states as from {@code Tables.states}
   * @param tls as from {@code Tables.tls}
   */
  public static Picture ladder(Table tcp, Table states, Table tls) {
    return ladder(tcp, states, tls, null, DEFAULT_ROWS);
  }

  /**
   * The same, with lines of HTTP on the arrows that carry them.
   *
   * @param http as from {@code Tables.http}, or null
   * @param maxRows segments to show
   */
  public static Picture ladder(
      Table tcp, Table states, Table tls, @Nullable Table http, int maxRows) {
    Ladder ladder = LadderReader.read(tcp, states, tls, http, maxRows);
    return new Picture(LadderLayout.scene(ladder), LadderText.text(ladder));
  }

  /**
   * The phases of a visit as bars over time.
   *
   * @param timings as from {@code Tables.timings}
   */
  public static Picture waterfall(Table timings) {
    return Waterfall.picture(timings);
  }

  /**
   * The time from each segment to its acknowledgement.
   *
   * @param tcp as from {@code Tables.tcp}
   * @throws io.handshakelab.problem.Problem if no acknowledgement was seen
   */
  public static Picture rtt(Table tcp) {
    return RttChart.picture(tcp);
  }

  /**
   * The states of both ends as bands over time, and the segments between them.
   *
   * @param tcp as from {@code Tables.tcp}, perhaps of one connection only
   * @param states as from {@code Tables.states}
   */
  public static Picture states(Table tcp, Table states) {
    return states(tcp, states, new Bounds(), DEFAULT_MOMENTS);
  }

  /**
   * The same, with changes that are known only to lie between two times.
   *
   * @param room segments of each connection; where there are more, those that changed no state are
   *     drawn as one
   */
  public static Picture states(Table tcp, Table states, Bounds bounds, int room) {
    Timeline timeline = TimelineReader.read(tcp, states, bounds, room);
    return new Picture(TimelineLayout.scene(timeline), TimelineText.text(timeline));
  }

  /**
   * Who certified whom.
   *
   * @param fates what became of each, by its index
   */
  public static Picture ca(CaTree tree, List<Fate> fates) {
    return new Picture(CaPicture.scene(tree, fates), CaText.of(tree, fates));
  }

  /** Whom a leaked key takes down, beside the case without intermediates. */
  public static Picture ca(CaComparison comparison) {
    return new Picture(CaPicture.scene(comparison), CaText.of(comparison));
  }

  /** The state machine of TCP: RFC 9293 §3.3.2, Figure 5, with all rules that there are. */
  public static Picture machine() {
    return machine((Table) null);
  }

  /**
   * The same, with the way of both ends of a connection through it.
   *
   * @param states as from {@code Tables.states}; the first connection in it is shown
   */
  public static Picture machine(@Nullable Table states) {
    Machine machine = MachineReader.read(states);
    return new Picture(MachineLayout.scene(machine), MachineText.text(machine));
  }

  /**
   * What a server's port held over time, in one simulation or in several beside each other.
   *
   * @param resources by the name of the simulation, as from {@code Listings.resources}
   */
  public static Picture resources(Map<String, Table> resources) {
    return Resources.picture(resources);
  }

  /** Makes a first small picture, so that the next one comes at once. Call it in the background. */
  public static void warmUp() {
    Scene.Builder scene = new Scene.Builder();
    for (Face face : Face.values()) {
      scene.label(10, 10, face.fitted("Ag", 50), face, Ink.TEXT, Mark.Anchor.MIDDLE);
    }
    ScenePng.png(scene.arrow(1, 1, 9, 9, Ink.TEXT, true).scene("warm-up", 20, 20));
  }
}
