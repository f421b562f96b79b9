package io.handshakelab.chart;

import io.handshakelab.chart.Timeline.Flight;
import io.handshakelab.chart.Timeline.Moment;
import io.handshakelab.chart.Timeline.Run;
import io.handshakelab.chart.Timeline.Talk;
import io.handshakelab.chart.Timeline.Turn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where each moment of one connection stands. Each has the width that its words need; where more
 * time passes than usual, a break is left before the next one. What does not fit beside each other
 * goes on in another strip below, as music does on paper.
 */
final class TimelineScale {
  static final double LEFT = 90;
  static final double RIGHT = 982;

  /** How far a segment gets to the right on its way to the other end. */
  static final double SLANT = 16;

  /** From the moment to its words. */
  static final double BESIDE = 12;

  /** Between two changes of one end at the same moment. */
  static final double SLIVER = 14;

  static final double BREAK = 64;

  /** Before the first moment of a strip that goes on. */
  private static final double AGAIN = 30;

  private static final double NARROWEST = 72;
  private static final double WIDEST = 150;
  private static final double TAIL = 28;
  private static final double LONG = 8;
  private static final double MOST_STRETCH = 1.6;

  private final Talk talk;
  private final double[] x;
  private final int[] strip;
  private final double[] end;
  private final boolean[] broken;
  private final boolean toScale;

  TimelineScale(Talk talk) {
    this.talk = talk;
    int count = talk.moments().size();
    x = new double[count];
    strip = new int[count];
    end = new double[count];
    broken = new boolean[count];
    double[] need = new double[count];
    for (int i = 0; i < count; i++) {
      need[i] = need(talk.moments().get(i));
    }
    breaks();
    toScale = spread(need);
    place(need);
  }

  boolean toScale() {
    return toScale;
  }

  int strips() {
    return strip.length == 0 ? 1 : strip[strip.length - 1] + 1;
  }

  int strip(int moment) {
    return strip[moment];
  }

  double x(int moment) {
    return x[moment];
  }

  /** Until where the words of a moment may reach. */
  double end(int moment) {
    return end[moment];
  }

  /** Whether much time passes before this moment. */
  boolean broken(int moment) {
    return broken[moment];
  }

  double right(int strip) {
    double right = LEFT + 60;
    for (int i = 0; i < x.length; i++) {
      right = this.strip[i] == strip ? end[i] + (i + 1 == x.length ? TAIL : 0) : right;
    }
    return right;
  }

  /** Where it is shown that much time passes before this moment. */
  double breakAt(int moment) {
    return x[moment] - BREAK / 2;
  }

  /** The place of a time: strip and x. */
  double[] at(double time) {
    int before = -1;
    for (int i = 0; i < x.length && talk.moments().get(i).time() <= time; i++) {
      before = i;
    }
    if (before < 0) {
      return new double[] {0, LEFT};
    }
    Moment moment = talk.moments().get(before);
    int strip = this.strip[before];
    if (before + 1 == x.length) {
      return new double[] {strip, time > moment.until() ? right(strip) : x[before]};
    }
    double next = this.strip[before + 1] == strip ? x[before + 1] : right(strip);
    double span = talk.moments().get(before + 1).time() - moment.time();
    double part = span <= 0 ? 0 : (time - moment.time()) / span;
    return new double[] {strip, x[before] + part * (next - x[before])};
  }

  /** Waits that are longer than the others by far. */
  private void breaks() {
    double[] waits = new double[Math.max(0, x.length - 1)];
    for (int i = 0; i < waits.length; i++) {
      waits[i] = wait(i);
    }
    double[] sorted = Arrays.stream(waits).filter(w -> w > 0).sorted().toArray();
    double usual = sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    for (int i = 0; i < waits.length; i++) {
      broken[i + 1] = waits[i] > LONG * usual && waits[i] >= 0.01;
    }
    // With few waits the long ones are the usual ones.
    if (sorted.length > 0 && sorted[0] > 0) {
      double least = sorted[sorted.length / 4];
      for (int i = 0; i < waits.length; i++) {
        broken[i + 1] |= waits[i] > LONG * LONG * least && waits[i] >= 0.5;
      }
    }
  }

  /** From the end of a moment to the next. */
  private double wait(int i) {
    return talk.moments().get(i + 1).time() - talk.moments().get(i).until();
  }

  /** Stretches the moments to the scale of time, if they fit in one strip like that. */
  private boolean spread(double[] need) {
    if (need.length < 3 || talk.moments().stream().anyMatch(m -> m.run() != null)) {
      return false;
    }
    double scale = 0;
    for (int i = 0; i + 1 < need.length; i++) {
      if (wait(i) <= 0) {
        return false;
      }
      scale = Math.max(scale, need[i] / wait(i));
    }
    double span = talk.moments().get(need.length - 1).time() - talk.moments().get(0).time();
    double room = RIGHT - LEFT - lead() - TAIL - need[need.length - 1];
    if (!(scale * span <= room)) {
      return false;
    }
    scale = room / span;
    for (int i = 0; i + 1 < need.length; i++) {
      need[i] = scale * wait(i);
    }
    Arrays.fill(broken, false);
    return true;
  }

  private void place(double[] need) {
    lay(need, 1);
    int strips = strips();
    // As few strips as that, but as wide as they can be.
    for (double stretch = toScale ? 1 : MOST_STRETCH; stretch >= 1; stretch -= 0.05) {
      lay(need, stretch);
      if (strips() == strips) {
        return;
      }
    }
    lay(need, 1);
  }

  private void lay(double[] need, double stretch) {
    double at = LEFT + lead();
    int now = 0;
    for (int i = 0; i < need.length; i++) {
      double gap = broken[i] ? BREAK * stretch : 0;
      double width = need[i] * stretch;
      double tail = i + 1 == need.length ? TAIL : 0;
      boolean full = at + gap + width + tail > RIGHT + 0.5;
      if (full && i > 0 && strip[i - 1] == now) {
        now++;
        at = LEFT + AGAIN;
      }
      at += gap;
      x[i] = at;
      strip[i] = now;
      at += width;
      end[i] = at;
    }
  }

  /** Room for the names of the states before the first moment. */
  private double lead() {
    double widest = 0;
    for (boolean client : new boolean[] {true, false}) {
      String first = firstState(talk, client);
      widest = Math.max(widest, first.isEmpty() ? 10 : Face.BODY.width(first));
    }
    return Math.min(TimelineRail.WIDEST_NAME, widest) + 12;
  }

  /** Empty if it is not known. */
  static String firstState(Talk talk, boolean client) {
    for (Moment moment : talk.moments()) {
      for (Turn turn : moment.turns()) {
        if (turn.client() == client) {
          return turn.from();
        }
      }
    }
    return client ? talk.clientStays() : talk.serverStays();
  }

  private static double need(Moment moment) {
    double widest = 0;
    Face face = moment.flight() == null && moment.run() == null ? Face.ASIDE : Face.STRONG;
    for (String line : words(moment)) {
      widest = Math.max(widest, face.width(line));
      face = Face.BODY;
    }
    long most =
        Math.max(
            moment.turns().stream().filter(Turn::client).count(),
            moment.turns().stream().filter(t -> !t.client()).count());
    double own = BESIDE + widest + (moment.run() == null ? 6 : 30);
    return Math.max(NARROWEST, Math.min(WIDEST, own)) + Math.max(0, most - 1) * SLIVER;
  }

  /** The last of these lines: what did not go as it should. */
  static List<String> trouble(Flight flight) {
    String text = flight.trouble();
    if (Face.ASIDE.width(text) <= WIDEST - BESIDE - 10) {
      return text.isEmpty() ? List.of() : List.of(text);
    }
    int space = text.lastIndexOf(' ', Math.min(text.length(), 22));
    return space < 0 ? List.of(text) : List.of(text.substring(0, space), text.substring(space + 1));
  }

  /** What stands beside a moment, line by line. */
  static List<String> words(Moment moment) {
    List<String> lines = new ArrayList<>();
    Flight flight = moment.flight();
    Run run = moment.run();
    if (flight != null) {
      lines.add(flight.flags());
      if (flight.seq() >= 0) {
        lines.add("seq " + flight.seq());
      }
      if (flight.ack() != null) {
        lines.add("ack " + flight.ack());
      }
      if (flight.length() > 0) {
        lines.add("len " + flight.length());
      }
      lines.addAll(trouble(flight));
    } else if (run != null) {
      lines.add(String.format(Locale.ROOT, "%,d segments", run.segments()));
      lines.add(String.format(Locale.ROOT, "↓ %,d bytes", run.clientBytes()));
      lines.add(String.format(Locale.ROOT, "↑ %,d bytes", run.serverBytes()));
      if (run.troubles() > 0) {
        lines.add(String.format(Locale.ROOT, "%,d with a note", run.troubles()));
      }
    } else {
      moment.turns().forEach(turn -> lines.add(turn.event()));
    }
    return lines;
  }
}
