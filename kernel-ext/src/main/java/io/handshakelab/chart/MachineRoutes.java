package io.handshakelab.chart;

import static io.handshakelab.tcp.TcpState.CLOSED;
import static io.handshakelab.tcp.TcpState.CLOSE_WAIT;
import static io.handshakelab.tcp.TcpState.CLOSING;
import static io.handshakelab.tcp.TcpState.ESTABLISHED;
import static io.handshakelab.tcp.TcpState.FIN_WAIT_1;
import static io.handshakelab.tcp.TcpState.FIN_WAIT_2;
import static io.handshakelab.tcp.TcpState.LAST_ACK;
import static io.handshakelab.tcp.TcpState.LISTEN;
import static io.handshakelab.tcp.TcpState.SYN_RCVD;
import static io.handshakelab.tcp.TcpState.SYN_SENT;
import static io.handshakelab.tcp.TcpState.TIME_WAIT;

import io.handshakelab.chart.Machine.Step;
import io.handshakelab.tcp.TcpState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** How the arrows of Figure 5 run between the boxes, and where their words and numbers stand. */
final class MachineRoutes {
  /** From which state Figure 5 has arrows to which. */
  private static final Map<TcpState, Set<TcpState>> ARROWS =
      Map.ofEntries(
          Map.entry(CLOSED, Set.of(LISTEN, SYN_SENT)),
          Map.entry(LISTEN, Set.of(CLOSED, SYN_SENT, SYN_RCVD)),
          Map.entry(SYN_SENT, Set.of(CLOSED, SYN_RCVD, ESTABLISHED)),
          Map.entry(SYN_RCVD, Set.of(LISTEN, ESTABLISHED, FIN_WAIT_1)),
          Map.entry(ESTABLISHED, Set.of(FIN_WAIT_1, CLOSE_WAIT)),
          Map.entry(FIN_WAIT_1, Set.of(FIN_WAIT_2, CLOSING)),
          Map.entry(FIN_WAIT_2, Set.of(TIME_WAIT)),
          Map.entry(CLOSE_WAIT, Set.of(LAST_ACK)),
          Map.entry(CLOSING, Set.of(TIME_WAIT)),
          Map.entry(LAST_ACK, Set.of(CLOSED)),
          Map.entry(TIME_WAIT, Set.of(CLOSED)));

  /** Room for words beside a line. */
  private static final double ASIDE = 8;

  private final Map<TcpState, MachineBox> boxes;
  private final MachineBox end;
  private final Map<TcpState, Map<TcpState, List<Step>>> steps;
  private final List<MachineArrow> arrows = new ArrayList<>();

  /**
   * The routes.
   *
   * @param end the second box of CLOSED
   * @param steps those with an arrow
   */
  MachineRoutes(
      Map<TcpState, MachineBox> boxes,
      MachineBox end,
      Map<TcpState, Map<TcpState, List<Step>>> steps) {
    this.boxes = boxes;
    this.end = end;
    this.steps = steps;
  }

  static boolean exists(TcpState from, TcpState to) {
    return ARROWS.getOrDefault(from, Set.of()).contains(to);
  }

  List<MachineArrow> arrows() {
    opening();
    opened();
    closing();
    return arrows;
  }

  private void opening() {
    MachineBox closed = box(CLOSED);
    MachineBox listen = box(LISTEN);
    MachineBox rcvd = box(SYN_RCVD);
    MachineBox sent = box(SYN_SENT);
    double down = listen.left() + 86;
    double up = listen.left() + 118;
    double half = (closed.bottom() + listen.top()) / 2;
    add(CLOSED, LISTEN, 100, down, closed.bottom(), down, listen.top())
        .words(down - 118, half - 4)
        .badge(down, half);
    add(LISTEN, CLOSED, 100, up, listen.top(), up, closed.bottom())
        .words(up + ASIDE + 14, half - 4)
        .badge(up, half);
    double inner = closed.top() + 36;
    double out = sent.left() + 90;
    add(CLOSED, SYN_SENT, 210, closed.right(), inner, out, inner, out, sent.top())
        .words(closed.right() + 26, inner + 17)
        .badge(out, listen.top() - 24);
    double outer = closed.top() + 14;
    double back = sent.left() + 122;
    add(SYN_SENT, CLOSED, 80, back, sent.top(), back, outer, closed.right(), outer)
        .words(back + ASIDE, outer + 60)
        .badge(back, sent.top() - 20);
    double first = listen.top() + 13;
    double right = sent.left() + 58;
    add(LISTEN, SYN_SENT, 200, listen.right(), first, right, first, right, sent.top())
        .words(listen.right() + 26, first + 17)
        .badge(right, sent.top() - 20);
    double second = listen.top() + 34;
    double left = rcvd.left() + 120;
    add(LISTEN, SYN_RCVD, 200, listen.left(), second, left, second, left, rcvd.top())
        .words(left + ASIDE, second + 17)
        .badge(listen.left() - 32, second);
    double again = rcvd.left() + 60;
    add(SYN_RCVD, LISTEN, 250, again, rcvd.top(), again, first, listen.left(), first)
        .wordsAbove(again + 2, first - 6)
        .badge(again, rcvd.top() - 20);
    double across = rcvd.top() + 50;
    add(SYN_SENT, SYN_RCVD, 220, sent.left(), across, rcvd.right(), across)
        .wordsAbove(listen.left() + 6, across - 6)
        .badge(sent.left() - 34, across);
  }

  private void opened() {
    MachineBox rcvd = box(SYN_RCVD);
    MachineBox sent = box(SYN_SENT);
    MachineBox open = box(ESTABLISHED);
    MachineBox wait1 = box(FIN_WAIT_1);
    MachineBox closeWait = box(CLOSE_WAIT);
    double y = open.top() + 20;
    double left = rcvd.left() + 150;
    add(SYN_RCVD, ESTABLISHED, 200, left, rcvd.bottom(), left, y, open.left(), y)
        .wordsAbove(left + ASIDE, y - 15)
        .badge(open.left() - 34, y);
    double right = sent.left() + 104;
    add(SYN_SENT, ESTABLISHED, 200, right, sent.bottom(), right, y, open.right(), y)
        .wordsAbove(open.right() + 66, y - 6)
        .badge(open.right() + 34, y);
    double side = rcvd.left() + 40;
    add(SYN_RCVD, FIN_WAIT_1, 120, side, rcvd.bottom(), side, wait1.top())
        .words(side + ASIDE, (rcvd.bottom() + wait1.top()) / 2 + 24)
        .badge(side, wait1.top() - 26);
    double turn = wait1.top() + 14;
    double one = open.left() + 80;
    add(ESTABLISHED, FIN_WAIT_1, 150, one, open.bottom(), one, turn, wait1.right(), turn)
        .wordsAbove(wait1.right() + 34, turn - 6)
        .badge(one, open.bottom() + 22);
    double other = open.left() + 124;
    add(ESTABLISHED, CLOSE_WAIT, 150, other, open.bottom(), other, turn, closeWait.left(), turn)
        .wordsAbove(other + 26, turn - 6)
        .badge(other, open.bottom() + 22);
  }

  private void closing() {
    MachineBox wait1 = box(FIN_WAIT_1);
    MachineBox wait2 = box(FIN_WAIT_2);
    MachineBox closeWait = box(CLOSE_WAIT);
    MachineBox both = box(CLOSING);
    MachineBox last = box(LAST_ACK);
    MachineBox time = box(TIME_WAIT);
    double down = wait1.left() + 60;
    double middle = (wait1.bottom() + wait2.top()) / 2;
    add(FIN_WAIT_1, FIN_WAIT_2, 150, down, wait1.bottom(), down, wait2.top())
        .words(down + ASIDE + 14, middle + 5)
        .badge(down, middle);
    double centre = (both.left() + both.right()) / 2;
    double across = wait1.top() + 58;
    add(FIN_WAIT_1, CLOSING, 220, wait1.right(), across, centre, across, centre, both.top())
        .words(wait1.right() + 46, across + 17)
        .badge(centre, both.top() - 32);
    double right = (last.left() + last.right()) / 2;
    double gap = (closeWait.bottom() + last.top()) / 2;
    add(CLOSE_WAIT, LAST_ACK, 90, right, closeWait.bottom(), right, last.top())
        .words(right + ASIDE + 14, gap)
        .badge(right, gap);
    double below = (both.bottom() + time.top()) / 2;
    add(CLOSING, TIME_WAIT, 160, centre, both.bottom(), centre, time.top())
        .words(centre + ASIDE + 14, below)
        .badge(centre, below);
    double level = time.top() + 30;
    add(FIN_WAIT_2, TIME_WAIT, 210, down, wait2.bottom(), down, level, time.left(), level)
        .wordsAbove(down + ASIDE + 14, level - 6)
        .badge(down, level - 30);
    add(LAST_ACK, CLOSED, 120, right, last.bottom(), right, end.top())
        .words(right - ASIDE - 130, (last.bottom() + end.top()) / 2 - 4)
        .badge(right, (last.bottom() + end.top()) / 2);
    double flat = end.top() + 18;
    add(TIME_WAIT, CLOSED, 140, time.right(), flat, end.left(), flat)
        .words(time.right() + 18, flat + 24)
        .badge((time.right() + end.left()) / 2, flat);
  }

  private MachineBox box(TcpState state) {
    return Objects.requireNonNull(boxes.get(state));
  }

  /** No rule, no arrow. */
  private MachineArrow add(TcpState from, TcpState to, double room, double... points) {
    List<Step> own = steps.getOrDefault(from, Map.of()).getOrDefault(to, List.of());
    MachineArrow arrow = new MachineArrow(own, room, points);
    if (!own.isEmpty()) {
      arrows.add(arrow);
    }
    return arrow;
  }
}
