package io.handshakelab.chart;

import io.handshakelab.chart.Machine.Step;
import io.handshakelab.tcp.Event;
import io.handshakelab.tcp.StateRule;
import io.handshakelab.tcp.TcpState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The box of one state: its name, and below it the rules that Figure 5 has no arrow for, as those
 * that change nothing, and the many ways to give up.
 */
final class MachineBox {
  static final double WIDTH = 204;
  static final double LINE = 15;

  private static final double NAME = 25;
  private static final double INSIDE = 8;

  /** What leads to CLOSED from nearly everywhere, so that arrows would hide the picture. */
  private static final Set<Event> GIVING_UP =
      EnumSet.of(Event.RECV_RST, Event.SEND_RST, Event.ABORT, Event.USER_TIMEOUT);

  private final TcpState state;
  private final double x;
  private final double y;
  private final List<Step> steps;
  private final List<Line> lines = new ArrayList<>();

  /**
   * A line in a box.
   *
   * @param marks the step that it tells of, if it was taken
   */
  private record Line(String text, List<Step> marks) {}

  /**
   * A box.
   *
   * @param steps all rules that lead away from this state and have no arrow
   */
  MachineBox(TcpState state, double x, double y, List<Step> steps) {
    this.state = state;
    this.x = x;
    this.y = y;
    this.steps = List.copyOf(steps);
    Map<TcpState, List<Step>> byTarget = new LinkedHashMap<>();
    for (Step step : steps) {
      byTarget.computeIfAbsent(step.rule().to(), to -> new ArrayList<>()).add(step);
    }
    byTarget.forEach(this::addLines);
  }

  /** Whether a rule has an arrow, if there is one between these states. */
  static boolean givesUp(StateRule rule) {
    return rule.to() == TcpState.CLOSED && GIVING_UP.contains(rule.event());
  }

  private void addLines(TcpState to, List<Step> led) {
    String head = to == state ? "stays: " : "to " + to.label() + ": ";
    StringBuilder plain = new StringBuilder();
    for (Step step : led) {
      if (step.isTaken()) {
        lines.add(new Line(head + step.rule().event().label(), List.of(step)));
      } else {
        plain.append(plain.isEmpty() ? head : ", ").append(step.rule().event().label());
      }
    }
    String rest = plain.toString();
    while (!rest.isEmpty()) {
      int end = rest.length();
      while (Face.BODY.width(rest.substring(0, end)) > WIDTH - 2 * INSIDE) {
        end = rest.lastIndexOf(", ", end - 2) + 1;
      }
      lines.add(new Line(rest.substring(0, end), List.of()));
      rest = rest.substring(end).strip();
    }
  }

  TcpState state() {
    return state;
  }

  /** The rules that stand in it. */
  List<Step> steps() {
    return steps;
  }

  double left() {
    return x;
  }

  double right() {
    return x + WIDTH;
  }

  double top() {
    return y;
  }

  double bottom() {
    return y + height();
  }

  double height() {
    return NAME + lines.size() * LINE + (lines.isEmpty() ? 5 : 9);
  }

  void draw(Scene.Builder scene, boolean seen, boolean hasPath) {
    Ink fill = seen || !hasPath ? Ink.ofState(state.label()) : Ink.PAPER;
    Ink ink = seen || !hasPath ? Ink.TEXT : Ink.MUTED;
    double height = height();
    scene.add(new Mark.Box(x, y, WIDTH, height, Ink.PAPER, null, false));
    scene.add(new Mark.Box(x, y, WIDTH, NAME, fill, null, false));
    scene.add(new Mark.Box(x, y, WIDTH, height, null, seen ? Ink.TEXT : Ink.RAIL, false));
    if (!lines.isEmpty()) {
      scene.line(x, y + NAME, x + WIDTH, y + NAME, Ink.FAINT, false);
    }
    scene.label(x + WIDTH / 2, y + 17.5, state.label(), Face.STRONG, ink, Mark.Anchor.MIDDLE);
    double at = y + NAME + 15;
    for (Line line : lines) {
      double right = x + WIDTH - 6;
      for (Step step : line.marks()) {
        right = MachineBadge.drawEndingAt(scene, right, at - 4.5, step.server(), false);
        right = MachineBadge.drawEndingAt(scene, right, at - 4.5, step.client(), true);
      }
      boolean marked = !line.marks().isEmpty();
      String text = marked ? Face.BODY.fitted(line.text(), right - x - INSIDE - 2) : line.text();
      Ink words = marked ? Ink.TEXT : Ink.MUTED;
      scene.label(x + INSIDE, at, text, Face.BODY, words, Mark.Anchor.START);
      at += LINE;
    }
  }
}
