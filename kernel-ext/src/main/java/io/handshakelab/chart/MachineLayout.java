package io.handshakelab.chart;

import io.handshakelab.chart.Machine.Step;
import io.handshakelab.chart.Mark.Anchor;
import io.handshakelab.tcp.TcpState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The diagram of RFC 9293 §3.3.2, Figure 5: its boxes in their usual places, and its arrows. Rules
 * that it has no arrow for stand in the box of the state that they start from.
 */
final class MachineLayout {
  static final double WIDTH = 1000;

  private static final double MARGIN = 24;
  private static final double CENTRE = 398;
  private static final double RIGHT = 772;
  private static final double TOP = 58;

  /** What stands in one row, and the room below it. */
  private record Level(double gap, List<TcpState> states) {
    Level(double gap, TcpState... states) {
      this(gap, List.of(states));
    }
  }

  private static final List<Level> LEVELS =
      List.of(
          new Level(72, TcpState.CLOSED),
          new Level(84, TcpState.LISTEN),
          new Level(66, TcpState.SYN_RCVD, TcpState.SYN_SENT),
          new Level(48, TcpState.ESTABLISHED),
          new Level(64, TcpState.FIN_WAIT_1, TcpState.CLOSE_WAIT),
          new Level(64, TcpState.FIN_WAIT_2, TcpState.CLOSING, TcpState.LAST_ACK),
          new Level(30, TcpState.TIME_WAIT));

  private final Scene.Builder scene = new Scene.Builder();
  private final Machine machine;
  private final Map<TcpState, MachineBox> boxes = new EnumMap<>(TcpState.class);
  private final List<MachineArrow> arrows;
  private final MachineBox end;
  private double y = TOP;

  MachineLayout(Machine machine) {
    this.machine = machine;
    Map<TcpState, List<Step>> inBoxes = new EnumMap<>(TcpState.class);
    Map<TcpState, Map<TcpState, List<Step>>> withArrows = new EnumMap<>(TcpState.class);
    for (Step step : machine.steps()) {
      TcpState from = step.rule().from();
      TcpState to = step.rule().to();
      if (MachineRoutes.exists(from, to) && !MachineBox.givesUp(step.rule())) {
        withArrows
            .computeIfAbsent(from, f -> new EnumMap<>(TcpState.class))
            .computeIfAbsent(to, t -> new ArrayList<>())
            .add(step);
      } else {
        inBoxes.computeIfAbsent(from, f -> new ArrayList<>()).add(step);
      }
    }
    double last = TOP;
    for (Level level : LEVELS) {
      last = y;
      double highest = 0;
      for (TcpState state : level.states()) {
        MachineBox box = new MachineBox(state, x(state), y, inBoxes.getOrDefault(state, List.of()));
        boxes.put(state, box);
        highest = Math.max(highest, box.height());
      }
      y += highest + level.gap();
    }
    end = new MachineBox(TcpState.CLOSED, RIGHT, last, List.of());
    arrows = new MachineRoutes(boxes, end, withArrows).arrows();
  }

  static Scene scene(Machine machine) {
    return new MachineLayout(machine).layOut();
  }

  List<MachineArrow> arrows() {
    return arrows;
  }

  List<MachineBox> boxes() {
    List<MachineBox> all = new ArrayList<>(boxes.values());
    all.add(end);
    return all;
  }

  private static double x(TcpState state) {
    return switch (state) {
      case CLOSED, LISTEN, ESTABLISHED, CLOSING, TIME_WAIT -> CENTRE;
      case SYN_RCVD, FIN_WAIT_1, FIN_WAIT_2 -> MARGIN;
      case SYN_SENT, CLOSE_WAIT, LAST_ACK -> RIGHT;
    };
  }

  private Scene layOut() {
    scene.label(MARGIN, 34, machine.title(), Face.TITLE, Ink.TEXT, Anchor.START);
    // Those of the path lie over the others.
    arrows.stream().filter(a -> !isTaken(a)).forEach(a -> a.draw(scene));
    arrows.stream().filter(MachineLayout::isTaken).forEach(a -> a.draw(scene));
    boxes.forEach(
        (state, box) -> box.draw(scene, machine.visited().contains(state), machine.hasPath()));
    end.draw(scene, machine.visited().contains(TcpState.CLOSED), machine.hasPath());
    arrows.forEach(a -> a.drawBadges(scene));
    for (String note : machine.notes()) {
      scene.label(
          MARGIN,
          y,
          Face.ASIDE.fitted(note, WIDTH - 2 * MARGIN),
          Face.ASIDE,
          Ink.WARNING,
          Anchor.START);
      y += 18;
    }
    legend();
    double height = Math.ceil(y + 20);
    scene.add(new Mark.Box(0.5, 0.5, WIDTH - 1, height - 1, null, Ink.FAINT, false));
    return scene.scene(machine.title(), WIDTH, height);
  }

  static boolean isTaken(MachineArrow arrow) {
    return arrow.steps().stream().anyMatch(Step::isTaken);
  }

  private void legend() {
    y += 4;
    double x = MARGIN;
    if (machine.hasPath()) {
      MachineBadge.draw(scene, x, y - 4, List.of(1), true);
      x = legend(x + 24, "the client's steps");
      MachineBadge.draw(scene, x, y - 4, List.of(1), false);
      x = legend(x + 24, "the server's steps");
    }
    legend(x, "bold: what happens; below it: what is done. In the boxes: what has no arrow");
  }

  private double legend(double x, String text) {
    scene.label(x, y, text, Face.BODY, Ink.MUTED, Anchor.START);
    return x + Face.BODY.width(text) + 24;
  }
}
