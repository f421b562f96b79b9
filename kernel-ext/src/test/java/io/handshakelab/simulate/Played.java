package io.handshakelab.simulate;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Vantage;
import io.handshakelab.tcp.Segments;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A simulation in words, for comparisons. */
final class Played {
  private Played() {}

  static SimulationResult scenario(Scenario scenario) {
    return scenario.play(SimulationOptions.DEFAULTS);
  }

  /** {@code 1.000 client SYN} …, in milliseconds; of one connection, or of all if negative. */
  static List<String> segments(SimulationResult result, Vantage vantage, int connection) {
    Capture capture = result.capture(vantage);
    Segments segments = Analysis.of(capture).tcp().segments();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      if (connection < 0 || segments.connection(i) == connection) {
        long millis = (segments.timeNanos(i) - VirtualClock.START_NANOS) / 1_000_000;
        int length = segments.length(i);
        lines.add(
            String.format(
                Locale.ROOT,
                "%d %s %s%s",
                millis,
                segments.sender(i).label(),
                segments.flagNames(i),
                length == 0 ? "" : " " + length));
      }
    }
    return lines;
  }

  /** {@code 20 server LISTEN recv SYN SYN-RCVD}, in milliseconds; TIME-WAIT at the end left out. */
  static List<String> truth(SimulationResult result) {
    List<String> lines = new ArrayList<>();
    for (TrueTransition t : result.truth()) {
      String who = t.local().addressText().startsWith("192.0.2.") ? "client" : "server";
      lines.add(
          t.elapsedNanos() / 1_000_000
              + " "
              + who
              + " "
              + t.from().label()
              + " "
              + t.event()
              + " "
              + t.to().label());
    }
    return lines;
  }
}
