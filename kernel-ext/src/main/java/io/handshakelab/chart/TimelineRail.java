package io.handshakelab.chart;

import io.handshakelab.chart.Mark.Anchor;
import io.handshakelab.chart.Timeline.Moment;
import io.handshakelab.chart.Timeline.Reading;
import io.handshakelab.chart.Timeline.Talk;
import io.handshakelab.chart.Timeline.Turn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The states of one end as bands, cut into strips. */
final class TimelineRail {
  static final double BAND = 26;
  static final double KERNEL = 17;
  static final double LANE = 16;

  /** Beside what the operating system said and the segments contradict. */
  static final String ODD = "!";

  /** More than any state's name takes. */
  static final double WIDEST_NAME = 110;

  private static final double NARROWEST_READING = 7;

  /** With its sign. */
  private static final double NARROWEST_ODD = 13;

  private final Talk talk;
  private final TimelineScale scale;
  private final boolean client;
  private final TimelineSpans spans;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Read> readings = new ArrayList<>();

  /**
   * A part of a band within one strip.
   *
   * @param state empty if it is not known
   * @param next the state that it turns into somewhere in this piece; empty if it stays what it is
   * @param low how far up the slope has come where the piece begins, from 0 to 1
   * @param high where it ends: less than 1 if the slope goes on in the next strip
   */
  record Piece(
      int strip,
      double from,
      double to,
      String state,
      boolean inferred,
      String next,
      double low,
      double high) {
    Piece(int strip, double from, double to, String state, boolean inferred, String next) {
      this(strip, from, to, state, inferred, next, 0, 1);
    }

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

  /** What the operating system said, and whether the segments show something else. */
  record Read(Piece piece, boolean odd) {}

  /** Something beside a band that is too short for its name. */
  private record Flag(double x, String text, int lane) {}

  TimelineRail(Talk talk, TimelineScale scale, boolean client) {
    this.talk = talk;
    this.scale = scale;
    this.client = client;
    this.spans = new TimelineSpans(talk, scale, client);
    states();
    readings();
  }

  List<Piece> pieces() {
    return pieces;
  }

  /** Where a segment leaves: at its own place, if nothing proves that it had left before. */
  double departure(int frame, int strip, double own) {
    return spans.departure(frame, strip, own);
  }

  boolean hasReadings(int strip) {
    return readings.stream().anyMatch(r -> r.piece().strip() == strip);
  }

  private void states() {
    String state = TimelineScale.firstState(talk, client);
    boolean inferred = firstInferred();
    double x = TimelineScale.LEFT;
    for (TimelineSpans.Span span : spans.list()) {
      double from = Math.max(x, span.from());
      double to = Math.max(from, span.to());
      fill(x, from, state, inferred, "");
      if (span.turn().isLost()) {
        fill(from, to, "", true, ""); // it came there by ways that nobody knows
      } else {
        fill(from, to, state, span.turn().inferred(), span.turn().to());
      }
      x = to;
      state = span.turn().to();
      inferred = span.turn().inferred();
    }
    int last = scale.strips() - 1;
    fill(x, last * TimelineSpans.STRIP + scale.right(last), state, inferred, "");
  }

  private boolean firstInferred() {
    for (Moment moment : talk.moments()) {
      for (Turn turn : moment.turns()) {
        if (turn.client() == client) {
          return turn.inferred();
        }
      }
    }
    return true; // the segments do not show it
  }

  private void fill(double from, double to, String state, boolean inferred, String next) {
    int first = (int) (from / TimelineSpans.STRIP);
    int last = (int) (to / TimelineSpans.STRIP);
    double all = 0;
    for (int s = first; s <= last; s++) {
      all += right(s, to) - left(s, from);
    }
    double done = 0;
    for (int s = first; s <= last; s++) {
      double left = left(s, from);
      double right = right(s, to);
      double low = done / all;
      done += right - left;
      if (right - left > 0.5) {
        pieces.add(new Piece(s, left, right, state, inferred, next, low, done / all));
      }
    }
  }

  private static double left(int strip, double from) {
    return Math.max(TimelineScale.LEFT, from - strip * TimelineSpans.STRIP);
  }

  private double right(int strip, double to) {
    return Math.min(scale.right(strip), to - strip * TimelineSpans.STRIP);
  }

  private void readings() {
    Reading first = null;
    double until = 0;
    for (Reading reading : talk.readings()) {
      if (reading.client() != client) {
        continue;
      }
      if (first == null || !reading.state().equals(first.state()) || reading.odd() != first.odd()) {
        reading(first, until);
        first = reading;
      }
      until = reading.time();
    }
    reading(first, until);
  }

  private void reading(@Nullable Reading reading, double until) {
    if (reading == null) {
      return;
    }
    double[] from = scale.at(reading.time());
    double[] to = scale.at(until);
    for (int s = (int) from[0]; s <= to[0]; s++) {
      double left = s == from[0] ? from[1] : TimelineScale.LEFT;
      double right = s == to[0] ? to[1] : scale.right(s);
      double before = TimelineScale.LEFT;
      for (Read read : readings) {
        before = read.piece().strip() == s ? Math.max(before, read.piece().to()) : before;
      }
      left = Math.max(before, left - NARROWEST_READING);
      right = Math.max(right, left + (reading.odd() ? NARROWEST_ODD : NARROWEST_READING));
      readings.add(new Read(new Piece(s, left, right, reading.state(), false, ""), reading.odd()));
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
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      if (piece.strip() == strip) {
        draw(scene, piece, y);
        if (isOnlySlanted(i) && holdsAtSlant(piece)) {
          scene.label(piece.from() + 5, y + 12, piece.name(), Face.BODY, Ink.TEXT, Anchor.START);
        }
      }
    }
    double kernelY = client ? y - KERNEL - 3 : y + BAND + 3;
    for (Read read : readings) {
      if (read.piece().strip() == strip) {
        draw(scene, read, kernelY);
      }
    }
    flags(scene, strip, y);
  }

  private static void draw(Scene.Builder scene, Read read, double y) {
    Piece piece = read.piece();
    double width = piece.to() - piece.from();
    Ink edge = read.odd() ? Ink.WARNING : Ink.TEXT;
    scene.add(
        new Mark.Box(piece.from(), y, width, KERNEL, Ink.ofState(piece.state()), edge, false));
    String sign = read.odd() ? ODD + " " : "";
    if (piece.holds(sign + piece.name())) {
      double middle = (piece.from() + piece.to()) / 2;
      scene.label(middle, y + 13, sign + piece.name(), Face.BODY, Ink.TEXT, Anchor.MIDDLE);
    } else if (read.odd()) {
      double middle = (piece.from() + piece.to()) / 2;
      scene.label(middle, y + 13, ODD, Face.STRONG, Ink.WARNING, Anchor.MIDDLE);
    }
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

  /** Whether the name of this piece's state stands in the band. */
  private boolean isNamed(int i) {
    Piece piece = pieces.get(i);
    if (piece.next().isEmpty()) {
      return clear(piece).holds(piece.name());
    }
    // A state that may have been over at once stands in no other piece.
    return !isOnlySlanted(i) || holdsAtSlant(piece);
  }

  private boolean isOnlySlanted(int i) {
    Piece piece = pieces.get(i);
    return !piece.next().isEmpty()
        && piece.low() == 0
        && (i == 0
            || !pieces.get(i - 1).state().equals(piece.state())
            || !pieces.get(i - 1).next().isEmpty());
  }

  /** Above the slanted line, at its lower end. */
  private static boolean holdsAtSlant(Piece piece) {
    double slope = piece.high() / (piece.to() - piece.from());
    return piece.low() == 0 && (Face.BODY.width(piece.name()) + 10) * slope <= 0.45;
  }

  /** From the right to the left, so that a line never runs through a name. */
  private List<Flag> flags(int strip) {
    List<Flag> flags = new ArrayList<>();
    for (int i = pieces.size() - 1; i >= 0; i--) {
      Piece piece = pieces.get(i);
      if (piece.strip() != strip || isNamed(i)) {
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
      double start = bottom - piece.low() * BAND;
      double end = bottom - piece.high() * BAND;
      Ink next = Ink.ofState(piece.next());
      scene.add(new Mark.Triangle(piece.from(), start, piece.to(), end, piece.to(), bottom, next));
      scene.add(
          new Mark.Triangle(piece.from(), start, piece.from(), bottom, piece.to(), bottom, next));
      scene.line(piece.from(), start, piece.to(), end, Ink.MUTED, true);
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
