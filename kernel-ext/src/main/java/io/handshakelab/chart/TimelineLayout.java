package io.handshakelab.chart;

import io.handshakelab.chart.Mark.Anchor;
import io.handshakelab.chart.Timeline.Flight;
import io.handshakelab.chart.Timeline.Moment;
import io.handshakelab.chart.Timeline.Run;
import io.handshakelab.chart.Timeline.Talk;
import io.handshakelab.chart.Timeline.Turn;
import java.util.List;
import java.util.Locale;

/**
 * Finds a place for everything on a chart of states. Time runs to the right:
 *
 * <pre>
 *  client  CLOSED | SYN-SENT   | ESTABLISHED …
 *                 \ SYN      / \ ACK
 *                  \  SYN,ACK   \
 *  server  LISTEN   | SYN-RCVD   | ESTABLISHED …
 *      ms           0          20
 * </pre>
 */
final class TimelineLayout {
  static final double WIDTH = 1000;

  private static final double MARGIN = 24;
  private static final double BETWEEN = 152;
  private static final double LINE = 14.5;
  private static final double AXIS = 24;

  /** How much further from a line that is less steep than the others its words stand. */
  private static final double FLAT = 36;

  private final Scene.Builder scene = new Scene.Builder();
  private final Timeline timeline;
  private double y;

  private TimelineLayout(Timeline timeline) {
    this.timeline = timeline;
  }

  static Scene scene(Timeline timeline) {
    return new TimelineLayout(timeline).layOut();
  }

  private Scene layOut() {
    String title = "The states of both ends over time";
    y = 34;
    scene.label(MARGIN, y, title, Face.TITLE, Ink.TEXT, Anchor.START);
    timeline.talks().forEach(this::talk);
    if (timeline.talks().isEmpty()) {
      y += 24;
      scene.label(MARGIN, y, "There is no TCP segment to show.", Face.BODY, Ink.TEXT, Anchor.START);
    }
    if (timeline.talksLeft() > 0) {
      y += 24;
      String more =
          timeline.talksLeft() == 1
              ? "1 more connection is"
              : String.format(Locale.ROOT, "%,d more connections are", timeline.talksLeft());
      aside("… " + more + " not shown here: choose one with --conn");
    }
    y = TimelineLegend.draw(scene, timeline, y + 28);
    double height = Math.ceil(y + 20);
    scene.add(new Mark.Box(0.5, 0.5, WIDTH - 1, height - 1, null, Ink.FAINT, false));
    return scene.scene(title, WIDTH, height);
  }

  private void aside(String text) {
    scene.label(TimelineScale.LEFT, y, text, Face.ASIDE, Ink.WARNING, Anchor.START);
  }

  private void talk(Talk talk) {
    TimelineScale scale = new TimelineScale(talk);
    TimelineRail client = new TimelineRail(talk, scale, true);
    TimelineRail server = new TimelineRail(talk, scale, false);
    y += 30;
    String number = "connection " + talk.conn();
    scene.label(MARGIN, y, number, Face.STRONG, Ink.TEXT, Anchor.START);
    double x = MARGIN + Face.STRONG.width(number) + 16;
    String ends = "client " + talk.client() + ", server " + talk.server();
    scene.label(x, y, Face.BODY.fitted(ends, 560), Face.BODY, Ink.TEXT, Anchor.START);
    scene.label(
        TimelineScale.RIGHT,
        y,
        scale.toScale() ? "time to scale" : "time not to scale",
        Face.ASIDE,
        Ink.MUTED,
        Anchor.END);
    y += 14;
    for (int strip = 0; strip < scale.strips(); strip++) {
      strip(talk, scale, client, server, strip);
    }
    if (talk.left() > 0) {
      y += 18;
      String more = talk.left() == 1 ? "1 more segment is" : talk.left() + " more segments are";
      aside("… " + more + " not shown here");
    }
  }

  private void strip(
      Talk talk, TimelineScale scale, TimelineRail client, TimelineRail server, int strip) {
    y += client.outside(strip);
    double upper = y + TimelineRail.BAND;
    double lower = upper + BETWEEN;
    client.draw(scene, strip, y);
    server.draw(scene, strip, lower);
    names(client.hasReadings(strip), server.hasReadings(strip), upper, lower);
    for (int i = 0; i < talk.moments().size(); i++) {
      if (scale.strip(i) == strip) {
        if (scale.broken(i)) {
          broken(talk, scale, i, upper, lower);
        }
        moment(talk.moments().get(i), scale, i, client, server, upper, lower);
      }
    }
    y = lower + TimelineRail.BAND + server.outside(strip) + AXIS;
    axis(talk, scale, strip);
    y += 20;
  }

  private void names(boolean client, boolean server, double upper, double lower) {
    double right = TimelineScale.LEFT - 10;
    scene.label(right, upper - 8, "Client", Face.STRONG, Ink.TEXT, Anchor.END);
    scene.label(right, lower + 17, "Server", Face.STRONG, Ink.TEXT, Anchor.END);
    if (client) {
      double at = upper - TimelineRail.BAND - 8;
      scene.label(right, at, "its kernel", Face.ASIDE, Ink.MUTED, Anchor.END);
    }
    if (server) {
      double at = lower + TimelineRail.BAND + 16;
      scene.label(right, at, "its kernel", Face.ASIDE, Ink.MUTED, Anchor.END);
    }
  }

  /** Signs across the bands that much time is left out. */
  private void broken(Talk talk, TimelineScale scale, int i, double upper, double lower) {
    double x = scale.breakAt(i);
    for (double top : new double[] {upper - TimelineRail.BAND, lower}) {
      double from = top - 3;
      double to = top + TimelineRail.BAND + 3;
      scene.add(new Mark.Triangle(x - 6, to, x + 1, from, x + 6, from, Ink.PAPER));
      scene.add(new Mark.Triangle(x - 6, to, x - 1, to, x + 6, from, Ink.PAPER));
      scene.line(x - 6, to, x + 1, from, Ink.MUTED, false);
      scene.line(x - 1, to, x + 6, from, Ink.MUTED, false);
    }
    double middle = (upper + lower) / 2;
    double wait = talk.moments().get(i).time() - talk.moments().get(i - 1).until();
    scene.line(x, upper + 8, x, middle - 16, Ink.FAINT, true);
    scene.line(x, middle + 20, x, lower - 8, Ink.FAINT, true);
    scene.label(x, middle - 2, duration(wait), Face.BODY, Ink.MUTED, Anchor.MIDDLE);
    scene.label(x, middle + 12, "pass", Face.ASIDE, Ink.MUTED, Anchor.MIDDLE);
  }

  private void moment(
      Moment moment,
      TimelineScale scale,
      int i,
      TimelineRail client,
      TimelineRail server,
      double upper,
      double lower) {
    double x = scale.x(i);
    double room = scale.end(i) - x - TimelineScale.BESIDE - 4;
    Flight flight = moment.flight();
    Run run = moment.run();
    if (flight != null) {
      TimelineRail sender = flight.fromClient() ? client : server;
      double left = sender.departure(flight.frame(), scale.strip(i), x);
      flight(moment, flight, left, x + TimelineScale.SLANT, upper, lower);
      double beside = left < x ? Math.min(x, left + FLAT) : x;
      words(moment, beside, flight.fromClient() ? upper : lower, flight.fromClient(), room);
    } else if (run != null) {
      run(moment, x, scale.end(i) - 10, upper, lower);
    } else {
      boolean above = moment.turns().stream().anyMatch(Turn::client);
      double rail = above ? upper : lower;
      scene.line(x, rail, x, above ? rail + 18 : rail - 18, Ink.RAIL, true);
      words(moment, x - 6, rail, above, room + 6);
    }
  }

  private void flight(
      Moment moment, Flight flight, double x, double arrival, double upper, double lower) {
    double from = flight.fromClient() ? upper : lower;
    double to = flight.fromClient() ? lower : upper;
    Ink ink = ink(flight);
    boolean arrived = moment.turns().stream().anyMatch(t -> t.client() != flight.fromClient());
    if (flight.again() && !arrived) {
      double half = (from + to) / 2;
      scene.line(x, from, (x + arrival) / 2, half, ink, flight.inferred());
      scene.arrow((x + arrival) / 2, half, arrival, to, Ink.FAINT, true);
      double at = to + (flight.fromClient() ? -14 : 22);
      scene.label(arrival + 7, at, "?", Face.STRONG, Ink.WARNING, Anchor.START);
    } else {
      scene.arrow(x, from, arrival, to, ink, flight.inferred());
    }
  }

  private static Ink ink(Flight flight) {
    if (flight.flags().contains("RST")) {
      return Ink.BAD;
    }
    return flight.length() > 0 ? Ink.DATA : Ink.CONTROL;
  }

  /** Beside the end of a line that is at the sender. */
  private void words(Moment moment, double x, double rail, boolean below, double room) {
    List<String> lines = TimelineScale.words(moment);
    Flight flight = moment.flight();
    double at = below ? rail + 15 : rail - 7 - (lines.size() - 1) * LINE;
    int well = flight == null ? 0 : lines.size() - TimelineScale.trouble(flight).size();
    for (int n = 0; n < lines.size(); n++) {
      boolean trouble = flight != null && n >= well;
      Face face = flight == null || trouble ? Face.ASIDE : n == 0 ? Face.STRONG : Face.BODY;
      Ink ink =
          flight == null ? Ink.MUTED : trouble ? Ink.WARNING : n == 0 ? ink(flight) : Ink.MUTED;
      scene.label(
          x + TimelineScale.BESIDE,
          at + n * LINE,
          face.fitted(lines.get(n), room),
          face,
          ink,
          Anchor.START);
    }
  }

  private void run(Moment moment, double left, double right, double upper, double lower) {
    double top = upper + 12;
    double bottom = lower - 12;
    List<String> lines = TimelineScale.words(moment);
    for (double x = left + 4; x + 6 < right; x += 12) {
      scene.add(new Mark.Line(x, upper, x + 5, lower, Ink.FAINT, 1, false));
    }
    double height = lines.size() * LINE + 12;
    double box = (top + bottom - height) / 2;
    scene.add(new Mark.Box(left, box, right - left, height, Ink.PAPER, Ink.FAINT, false));
    for (int n = 0; n < lines.size(); n++) {
      Face face = n == 0 ? Face.STRONG : Face.BODY;
      scene.label(
          (left + right) / 2,
          box + 17 + n * LINE,
          face.fitted(lines.get(n), right - left - 8),
          face,
          n == 0 ? Ink.DATA : n == 3 ? Ink.WARNING : Ink.MUTED,
          Anchor.MIDDLE);
    }
  }

  private void axis(Talk talk, TimelineScale scale, int strip) {
    boolean seconds = inSeconds(talk);
    double line = y - AXIS + 6;
    scene.line(TimelineScale.LEFT, line, scale.right(strip), line, Ink.RAIL, false);
    scene.label(
        TimelineScale.LEFT - 10,
        y + 4,
        seconds ? "seconds" : "ms",
        Face.ASIDE,
        Ink.MUTED,
        Anchor.END);
    for (int i = 0; i < talk.moments().size(); i++) {
      if (scale.strip(i) == strip) {
        double x = scale.x(i);
        scene.line(x, line, x, line + 5, Ink.RAIL, false);
        scene.label(
            x,
            y + 4,
            time(talk.moments().get(i).time(), seconds),
            Face.BODY,
            Ink.TEXT,
            Anchor.START);
      }
    }
  }

  static boolean inSeconds(Talk talk) {
    int last = talk.moments().size() - 1;
    return last >= 0 && talk.moments().get(last).time() >= 5;
  }

  static String time(double time, boolean seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds ? time : time * 1000);
  }

  static String duration(double seconds) {
    if (seconds >= 120) {
      return String.format(Locale.ROOT, "%.1f min", seconds / 60);
    }
    return seconds >= 1
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : String.format(Locale.ROOT, "%.0f ms", seconds * 1000);
  }
}
