package io.handshakelab.chart;

import io.handshakelab.chart.Timeline.Flight;
import io.handshakelab.chart.Timeline.Moment;
import io.handshakelab.chart.Timeline.Reading;
import io.handshakelab.chart.Timeline.Run;
import io.handshakelab.chart.Timeline.Talk;
import io.handshakelab.chart.Timeline.Turn;
import io.handshakelab.text.Escape;
import java.util.Locale;

/** A chart of states in letters. */
final class TimelineText {
  private TimelineText() {}

  static String text(Timeline timeline) {
    StringBuilder out = new StringBuilder();
    timeline.talks().forEach(talk -> talk(out, talk));
    if (timeline.talks().isEmpty()) {
      out.append("There is no TCP segment to show.\n");
    }
    if (timeline.talksLeft() > 0) {
      out.append("… ").append(timeline.talksLeft()).append(" more connections\n");
    }
    return out.append("(in brackets: inferred)\n").toString();
  }

  private static void talk(StringBuilder out, Talk talk) {
    boolean seconds = TimelineLayout.inSeconds(talk);
    out.append(
        String.format(
            Locale.ROOT,
            "connection %d: client %s, server %s%n",
            talk.conn(),
            Escape.line(talk.client()),
            Escape.line(talk.server())));
    row(
        out,
        seconds ? "s" : "ms",
        "client",
        first(TimelineScale.firstState(talk, true)),
        "server",
        first(TimelineScale.firstState(talk, false)));
    for (Moment moment : talk.moments()) {
      String time = TimelineLayout.time(moment.time(), seconds);
      row(out, time, state(moment, true), what(moment), state(moment, false), "");
      for (Turn turn : moment.turns()) {
        if (turn.isBounded()) {
          out.append(
              String.format(
                  Locale.ROOT,
                  "%12s the %s came to %s between %s and %s%n",
                  "",
                  turn.client() ? "client" : "server",
                  Escape.line(turn.to()),
                  TimelineLayout.time(turn.notBefore(), seconds),
                  TimelineLayout.time(turn.notAfter(), seconds)));
        }
      }
    }
    String before = "";
    for (Reading reading : talk.readings()) {
      String said =
          (reading.client() ? "client" : "server")
              + "'s kernel: "
              + reading.state()
              + (reading.odd() ? " (! the segments show another state)" : "");
      if (!said.equals(before)) {
        String time = TimelineLayout.time(reading.time(), seconds);
        out.append(String.format(Locale.ROOT, "%12s %s%n", time, Escape.line(said)));
      }
      before = said;
    }
    if (talk.left() > 0) {
      out.append("… ").append(talk.left()).append(" more segments\n");
    }
  }

  private static String first(String state) {
    return state.isEmpty() ? "?" : Escape.line(state);
  }

  private static String state(Moment moment, boolean client) {
    StringBuilder states = new StringBuilder();
    for (Turn turn : moment.turns()) {
      if (turn.client() == client) {
        states.append(states.isEmpty() ? "" : ", ");
        states.append(turn.inferred() ? "(" + turn.to() + ")" : turn.to());
      }
    }
    return Escape.line(states.toString());
  }

  private static String what(Moment moment) {
    Flight flight = moment.flight();
    Run run = moment.run();
    String words = Escape.line(String.join("  ", TimelineScale.words(moment)));
    if (flight != null) {
      return flight.fromClient() ? "--> " + words : "<-- " + words;
    }
    return run != null ? "<-> " + words : words;
  }

  private static void row(
      StringBuilder out, String time, String client, String what, String server, String last) {
    String line =
        String.format(Locale.ROOT, "%12s %-24s %-48s %s %s", time, client, what, server, last);
    out.append(line.stripTrailing()).append('\n');
  }
}
