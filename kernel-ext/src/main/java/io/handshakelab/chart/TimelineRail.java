package io.handshakelab.chart;

import io.handshakelab.chart.Mark.Anchor;
import io.handshakelab.chart.Timeline.Flight;
import io.handshakelab.chart.Timeline.Moment;
import io.handshakelab.chart.Timeline.Reading;
import io.handshakelab.chart.Timeline.Talk;
import io.handshakelab.chart.Timeline.Turn;
import java.util.ArrayList;
import java.util.List;

/** The states of one end as bands, cut into strips. */
final class TimelineRail {
  static final double BAND = 26;
  static final double KERNEL = 17;
  static final double LANE = 16;

  /** More than any state's name takes. */
  static final double WIDEST_NAME = 110;

  private static final double NARROWEST_READING = 7;

  private final Talk talk;
  private final TimelineScale scale;
  private final boolean client;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Piece> readings = new ArrayList<>();

  /**
   * A part of a band within one strip.
   *
   * @param state empty if it is not known
   * @param next the state that it turns into somewhere in this piece; empty if it stays what it is
   */
  record Piece(int strip, double from, double to, String state, boolean inferred, String next) {
    String name() {
      return state.isEmpty() ? "?" : Face.ASIDE.fitted(state, WIDEST_NAME);
    }

    boolean holds(String text) {
      return Face.BODY.width(text) + 8 <= to - from;
    }

    Piece within(double left, double right) {
      return new Piece(strip, left, right, state, inferred, next);
    }
  }

  /** Something beside a band that is too short for its name. */
  private record Flag(double x, String text, int lane) {}

  TimelineRail(Talk talk, TimelineScale scale, boolean client) {
    this.talk = talk;
    this.scale = scale;
    this.client = client;
    states();
    readings();
  }

  List<Piece> pieces() {
    return pieces;
  }

  boolean hasReadings(int strip) {
    return readings.stream().anyMatch(r -> r.strip() == strip);
  }

  private void states() {
    String state = TimelineScale.firstState(talk, client);
    boolean inferred = firstInferred();
    int strip = 0;
    double x = TimelineScale.LEFT;
    for (int i = 0; i < talk.moments().size(); i++) {
      Moment moment = talk.moments().get(i);
      Flight flight = moment.flight();
      boolean arrives = flight != null && flight.fromClient() != client;
      double at = scale.x(i) + (arrives ? TimelineScale.SLANT : 0);
      for (Turn turn : moment.turns()) {
        if (turn.client() != client) {
          continue;
        }
        double[] from = {scale.strip(i), at};
        double[] to = from;
        if (turn.isBounded()) {
          from = earlier(scale.at(turn.notBefore()), from);
          to = earlier(from, scale.at(turn.notAfter())) == from ? scale.at(turn.notAfter()) : from;
        }
        from = earlier(from, new double[] {strip, x}) == from ? new double[] {strip, x} : from;
        to = earlier(from, to) == from ? to : from;
        fill(strip, x, (int) from[0], from[1], state, inferred, "");
        fill((int) from[0], from[1], (int) to[0], to[1], state, turn.inferred(), turn.to());
        strip = (int) to[0];
        x = to[1];
        state = turn.to();
        inferred = turn.inferred();
        at += TimelineScale.SLIVER;
      }
    }
    int last = scale.strips() - 1;
    fill(strip, x, last, scale.right(last), state, inferred, "");
  }

  private boolean firstInferred() {
    for (Moment moment : talk.moments()) {
      for (Turn turn : moment.turns()) {
        if (turn.client() == client) {
          return turn.inferred();
        }
      }
    }
    return false;
  }

  private static double[] earlier(double[] a, double[] b) {
    return a[0] < b[0] || (a[0] == b[0] && a[1] <= b[1]) ? a : b;
  }

  private void fill(
      int strip, double x, int lastStrip, double to, String state, boolean inferred, String next) {
    for (int s = strip; s <= lastStrip; s++) {
      double left = s == strip ? x : TimelineScale.LEFT;
      double right = s == lastStrip ? to : scale.right(s);
      if (right - left > 0.5) {
        pieces.add(new Piece(s, left, right, state, inferred, next));
      }
    }
  }

  private void readings() {
    String state = "";
    double since = 0;
    double until = 0;
    for (Reading reading : talk.readings()) {
      if (reading.client() != client) {
        continue;
      }
      if (!reading.state().equals(state)) {
        reading(state, since, until);
        state = reading.state();
        since = reading.time();
      }
      until = reading.time();
    }
    reading(state, since, until);
  }

  private void reading(String state, double since, double until) {
    if (state.isEmpty()) {
      return;
    }
    double[] from = scale.at(since);
    double[] to = scale.at(until);
    for (int s = (int) from[0]; s <= to[0]; s++) {
      double left = s == from[0] ? from[1] : TimelineScale.LEFT;
      double right = s == to[0] ? to[1] : scale.right(s);
      double before = TimelineScale.LEFT;
      for (Piece piece : readings) {
        before = piece.strip() == s ? Math.max(before, piece.to()) : before;
      }
      left = Math.max(before, left - NARROWEST_READING);
      right = Math.max(right, left + NARROWEST_READING);
      readings.add(new Piece(s, left, right, state, false, ""));
    }
  }

  /** Height of what stands away from the other end: names of short bands, and the kernel's word. */
  double outside(int strip) {
    int lanes = 0;
    for (Flag flag : flags(strip)) {
      lanes = Math.max(lanes, flag.lane() + 1);
    }
    return lanes * LANE + (hasReadings(strip) ? KERNEL + 3 : 0);
  }

  /**
   * Draws it.
   *
   * @param y of the upper edge of the band
   */
  void draw(Scene.Builder scene, int strip, double y) {
    for (Piece piece : pieces) {
      if (piece.strip() == strip) {
        draw(scene, piece, y);
      }
    }
    double kernelY = client ? y - KERNEL - 3 : y + BAND + 3;
    for (Piece piece : readings) {
      if (piece.strip() == strip) {
        double width = piece.to() - piece.from();
        scene.add(
            new Mark.Box(
                piece.from(), kernelY, width, KERNEL, Ink.ofState(piece.state()), Ink.TEXT, false));
        if (piece.holds(piece.name())) {
          name(scene, piece, kernelY + 13, Face.BODY);
        }
      }
    }
    flags(scene, strip, y);
  }

  private void flags(Scene.Builder scene, int strip, double y) {
    double near = hasReadings(strip) ? KERNEL + 3 : 0;
    for (Flag flag : flags(strip)) {
      double height = near + flag.lane() * LANE;
      double text = client ? y - height - 4 : y + BAND + height + 13;
      double tip = client ? text - 8 : text + 1;
      scene.add(
          new Mark.Line(
              flag.x(), client ? y : y + BAND, flag.x(), tip, Ink.RAIL, 1, /* dashed= */ false));
      scene.label(flag.x() + 4, text, flag.text(), Face.BODY, Ink.TEXT, Anchor.START);
    }
  }

  /** From the right to the left, so that a line never runs through a name. */
  private List<Flag> flags(int strip) {
    List<Flag> flags = new ArrayList<>();
    for (int i = pieces.size() - 1; i >= 0; i--) {
      Piece piece = pieces.get(i);
      if (piece.strip() != strip || !piece.next().isEmpty() || clear(piece).holds(piece.name())) {
        continue;
      }
      double x = piece.from() + Math.min(5, (piece.to() - piece.from()) / 2);
      double end = x + 10 + Face.BODY.width(piece.name());
      int lane = 0;
      for (Flag right : flags) {
        lane = right.x() < end ? Math.max(lane, right.lane() + 1) : lane;
      }
      flags.add(new Flag(x, piece.name(), lane));
    }
    return flags;
  }

  private void draw(Scene.Builder scene, Piece piece, double y) {
    double width = piece.to() - piece.from();
    Ink fill = Ink.ofState(piece.state());
    scene.add(new Mark.Box(piece.from(), y, width, BAND, fill, null, false));
    if (!piece.next().isEmpty()) {
      double bottom = y + BAND;
      scene.add(
          new Mark.Triangle(
              piece.from(), bottom, piece.to(), y, piece.to(), bottom, Ink.ofState(piece.next())));
      scene.line(piece.from(), bottom, piece.to(), y, Ink.MUTED, true);
      scene.add(new Mark.Line(piece.from(), y, piece.to(), y, Ink.RAIL, 1, false));
      scene.add(new Mark.Line(piece.from(), bottom, piece.to(), bottom, Ink.RAIL, 1, false));
      return;
    }
    boolean hatched = piece.inferred() || piece.state().isEmpty();
    if (hatched) {
      scene.hatch(piece.from(), y, width, BAND, Ink.HATCH);
    }
    scene.add(new Mark.Box(piece.from(), y, width, BAND, null, Ink.RAIL, hatched));
    Piece clear = clear(piece);
    if (clear.holds(piece.name())) {
      if (hatched) {
        double text = Face.ASIDE.width(piece.name()) + 8;
        double middle = (clear.from() + clear.to()) / 2;
        scene.add(new Mark.Box(middle - text / 2, y + 4, text, BAND - 8, fill, null, false));
      }
      name(scene, clear, y + 17, hatched ? Face.ASIDE : Face.BODY);
    }
  }

  /** The longest part of it through which no sign of a break runs. */
  private Piece clear(Piece piece) {
    Piece best = piece.within(piece.from(), piece.from());
    double since = piece.from();
    for (int i = 0; i < talk.moments().size(); i++) {
      double at = scale.breakAt(i);
      if (scale.strip(i) == piece.strip()
          && scale.broken(i)
          && at > piece.from()
          && at < piece.to()) {
        best = longer(best, piece.within(since, at - 6));
        since = at + 6;
      }
    }
    return longer(best, piece.within(since, piece.to()));
  }

  private static Piece longer(Piece a, Piece b) {
    return a.to() - a.from() >= b.to() - b.from() ? a : b;
  }

  private static void name(Scene.Builder scene, Piece piece, double y, Face face) {
    scene.label((piece.from() + piece.to()) / 2, y, piece.name(), face, Ink.TEXT, Anchor.MIDDLE);
  }
}
