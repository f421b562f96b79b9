package io.handshakelab.chart;

import io.handshakelab.chart.Mark.Anchor;
import io.handshakelab.chart.Timeline.Flight;
import io.handshakelab.chart.Timeline.Moment;
import io.handshakelab.chart.Timeline.Reading;
import io.handshakelab.chart.Timeline.Talk;
import io.handshakelab.chart.Timeline.Turn;
import java.util.List;

/** What the signs on a chart of states mean, of those that are on it. */
final class TimelineLegend {
  private static final double LEFT = 24;
  private static final double SYMBOL = 26;
  private static final double HEIGHT = 12;

  private final Scene.Builder scene;
  private double x = LEFT;
  private double y;

  private TimelineLegend(Scene.Builder scene, double y) {
    this.scene = scene;
    this.y = y;
  }

  /** Gives the base line of its last line. */
  static double draw(Scene.Builder scene, Timeline timeline, double y) {
    TimelineLegend legend = new TimelineLegend(scene, y);
    legend.states();
    List<Moment> moments = timeline.talks().stream().flatMap(t -> t.moments().stream()).toList();
    List<Turn> turns = moments.stream().flatMap(m -> m.turns().stream()).toList();
    if (turns.stream().anyMatch(Turn::inferred)) {
      legend.hatched();
    }
    if (turns.stream().anyMatch(Turn::isBounded)) {
      legend.slanted();
    }
    if (moments.stream().anyMatch(TimelineLegend::inDoubt)) {
      legend.doubt();
    }
    if (timeline.talks().stream().map(Talk::readings).anyMatch(r -> !r.isEmpty())) {
      legend.kernel();
    }
    if (timeline.talks().stream().flatMap(t -> t.readings().stream()).anyMatch(Reading::odd)) {
      legend.odd();
    }
    if (turns.stream().anyMatch(Turn::isLost)
        || timeline.talks().stream().anyMatch(TimelineLegend::beginsUnknown)) {
      legend.unknown();
    }
    return legend.y;
  }

  private static boolean beginsUnknown(Talk talk) {
    return TimelineScale.firstState(talk, true).isEmpty()
        || TimelineScale.firstState(talk, false).isEmpty();
  }

  private static boolean inDoubt(Moment moment) {
    Flight flight = moment.flight();
    return flight != null
        && flight.again()
        && moment.turns().stream().allMatch(t -> t.client() == flight.fromClient());
  }

  private void states() {
    state(Ink.STATE_OPENING, "opening");
    state(Ink.STATE_OPEN, "open");
    state(Ink.STATE_CLOSING, "closing");
    state(Ink.STATE_WAITING, "waiting out");
    state(Ink.STATE_NONE, "no connection");
  }

  private void state(Ink ink, String text) {
    double at = next(text);
    scene.add(new Mark.Box(at, y - 10, SYMBOL, HEIGHT, ink, Ink.RAIL, false));
  }

  private void hatched() {
    double at = next("hatched: not seen, inferred");
    scene.hatch(at, y - 10, SYMBOL, HEIGHT, Ink.HATCH);
    scene.add(new Mark.Box(at, y - 10, SYMBOL, HEIGHT, null, Ink.RAIL, true));
  }

  private void slanted() {
    double at = next("slanted: it changed somewhere in between");
    scene.add(new Mark.Box(at, y - 10, SYMBOL, HEIGHT, Ink.STATE_OPENING, null, false));
    scene.add(
        new Mark.Triangle(at, y + 2, at + SYMBOL, y - 10, at + SYMBOL, y + 2, Ink.STATE_OPEN));
    scene.line(at, y + 2, at + SYMBOL, y - 10, Ink.MUTED, true);
  }

  private void doubt() {
    double at = next("sent again later: perhaps this one was lost");
    scene.label(at + SYMBOL / 2, y, "?", Face.STRONG, Ink.WARNING, Anchor.MIDDLE);
  }

  private void kernel() {
    double at = next("thin: read from the operating system");
    scene.add(new Mark.Box(at, y - 8, SYMBOL, HEIGHT - 4, Ink.STATE_OPEN, Ink.TEXT, false));
  }

  private void odd() {
    double at = next("!: the segments show another state");
    scene.add(new Mark.Box(at, y - 10, SYMBOL, HEIGHT, Ink.STATE_OPEN, Ink.WARNING, false));
    scene.label(at + SYMBOL / 2, y, TimelineRail.ODD, Face.STRONG, Ink.WARNING, Anchor.MIDDLE);
  }

  private void unknown() {
    double at = next("?: nothing proves the state");
    scene.add(new Mark.Box(at, y - 10, SYMBOL, HEIGHT, Ink.ofState(""), null, false));
    scene.hatch(at, y - 10, SYMBOL, HEIGHT, Ink.HATCH);
    scene.add(new Mark.Box(at, y - 10, SYMBOL, HEIGHT, null, Ink.RAIL, true));
  }

  /** Where the symbol goes; the text is drawn at once. */
  private double next(String text) {
    double width = SYMBOL + 6 + Face.BODY.width(text);
    if (x + width > TimelineLayout.WIDTH - LEFT) {
      x = LEFT;
      y += 22;
    }
    double at = x;
    scene.label(at + SYMBOL + 6, y, text, Face.BODY, Ink.TEXT, Anchor.START);
    x += width + 20;
    return at;
  }
}
