package io.handshakelab.chart;

import io.handshakelab.chart.Timeline.Flight;
import io.handshakelab.chart.Timeline.Moment;
import io.handshakelab.chart.Timeline.Talk;
import io.handshakelab.chart.Timeline.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Between which places the changes of one end lie. */
final class TimelineSpans {
  /** Places on one long line: each strip begins at a multiple of this. */
  static final double STRIP = 10_000;

  /** Times that differ by less, in seconds, are the same. */
  private static final double INSTANT = 1e-9;

  /** Before a segment from there leaves, so that the lines of both cross. */
  private static final double CROSSING = 6;

  private final Talk talk;
  private final TimelineScale scale;
  private final boolean client;
  private final List<Span> spans = new ArrayList<>();

  /** Segments that left before their place on the axis, where they met another on their way. */
  private final Map<Integer, Double> departures = new HashMap<>();

  /** A change, and between which two places it lies. */
  record Span(Turn turn, double from, double to) {}

  TimelineSpans(Talk talk, TimelineScale scale, boolean client) {
    this.talk = talk;
    this.scale = scale;
    this.client = client;
    collect();
  }

  /** In the order in which they happened. */
  List<Span> list() {
    return spans;
  }

  /** Where a segment leaves: at its own place, if nothing proves that it had left before. */
  double departure(int frame, int strip, double own) {
    double at = departures.getOrDefault(frame, strip * STRIP + own) - strip * STRIP;
    return at > 0 ? Math.min(at, own) : own;
  }

  private void collect() {
    for (int i = 0; i < talk.moments().size(); i++) {
      Moment moment = talk.moments().get(i);
      Flight flight = moment.flight();
      boolean arrives = flight != null && flight.fromClient() != client;
      double at = scale.strip(i) * STRIP + scale.x(i) + (arrives ? TimelineScale.SLANT : 0);
      for (Turn turn : moment.turns()) {
        if (turn.client() != client) {
          continue;
        }
        boolean crossing = flight != null && turn.frame() != flight.frame();
        double own = crossing ? at - TimelineScale.SLANT - CROSSING : at;
        boolean bounded = turn.isBounded();
        double from = bounded ? Math.min(own, notBefore(turn)) : own;
        double to = bounded ? Math.max(own, notAfter(turn, i)) : own;
        spans.add(new Span(turn, from, to));
        if (crossing) {
          departures.put(turn.frame(), own);
        } else {
          at += TimelineScale.SLIVER;
        }
      }
    }
    // What comes next had not happened before, so this was over by then.
    for (int i = spans.size() - 2; i >= 0; i--) {
      Span span = spans.get(i);
      double next = spans.get(i + 1).to();
      double to = span.to() > next ? next - TimelineScale.SLIVER : span.to();
      spans.set(i, new Span(span.turn(), Math.min(span.from(), to), to));
    }
  }

  /** Where the segment is that the bound was taken from, if there is one of that time. */
  private double notBefore(Turn turn) {
    double first = -1;
    for (int i = 0; i < talk.moments().size(); i++) {
      Flight flight = talk.moments().get(i).flight();
      if (isAt(i, turn.notBefore())) {
        double at = scale.strip(i) * STRIP + scale.x(i);
        if (flight != null && flight.fromClient() != client) {
          return turn.event().startsWith("send") ? at + TimelineScale.SLANT : at;
        }
        first = first < 0 ? at : first;
      }
    }
    return first < 0 ? place(turn.notBefore()) : first;
  }

  /** The same for the other bound, which is not before the moment itself. */
  private double notAfter(Turn turn, int moment) {
    if (turn.notAfter() <= talk.moments().get(moment).time() + INSTANT) {
      return 0;
    }
    for (int i = moment + 1; i < talk.moments().size(); i++) {
      if (isAt(i, turn.notAfter())) {
        return scale.strip(i) * STRIP + scale.x(i);
      }
    }
    return place(turn.notAfter());
  }

  private boolean isAt(int moment, double time) {
    return Math.abs(talk.moments().get(moment).time() - time) < INSTANT;
  }

  private double place(double time) {
    double[] at = scale.at(time);
    return at[0] * STRIP + at[1];
  }
}
