package io.handshakelab.chart;

import io.handshakelab.chart.Ladder.Arrow;
import io.handshakelab.chart.Ladder.Change;
import io.handshakelab.chart.Ladder.Lock;
import io.handshakelab.chart.Ladder.Name;
import io.handshakelab.chart.Ladder.Step;
import io.handshakelab.chart.Ladder.Talk;
import io.handshakelab.chart.Mark.Anchor;
import io.handshakelab.text.Escape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds a place for everything on a ladder chart:
 *
 * <pre>
 *  time | state | client rail ── arrows ── server rail | state | frame
 * </pre>
 */
final class LadderLayout {
  static final double WIDTH = 1000;

  private static final double LEFT = 24;
  private static final double TIME_RIGHT = 80;
  private static final double BAND = 112;
  private static final double CLIENT = 212;
  private static final double SERVER = 800;
  private static final double FRAME_RIGHT = 978;
  private static final double MIDDLE = (CLIENT + SERVER) / 2;
  private static final double ROOM = SERVER - CLIENT - 40;
  private static final double GAP = 7;
  private static final double LOCK = 18;
  private static final double SLANT = 9;
  private static final double LINE = 16;
  private static final double CHANGE = 19;
  private static final double TO_SCALE_AT_MOST = 2.5;

  private final Scene.Builder scene = new Scene.Builder();
  private final Ladder ladder;
  private double y;

  private LadderLayout(Ladder ladder) {
    this.ladder = ladder;
  }

  static Scene scene(Ladder ladder) {
    return new LadderLayout(ladder).layOut();
  }

  private Scene layOut() {
    String title = "Who sends what, and the state of both ends";
    y = 34;
    scene.label(LEFT, y, title, Face.TITLE, Ink.TEXT, Anchor.START);
    y += 14;
    for (Talk talk : ladder.talks()) {
      talk(talk);
    }
    if (ladder.talks().isEmpty()) {
      y += 24;
      scene.label(LEFT, y, "There is no TCP segment to show.", Face.BODY, Ink.TEXT, Anchor.START);
    }
    if (ladder.left() > 0) {
      y += 24;
      String more = ladder.left() == 1 ? "1 more segment is" : ladder.left() + " more segments are";
      scene.label(
          CLIENT, y, "… " + more + " not shown here", Face.ASIDE, Ink.WARNING, Anchor.START);
    }
    legend();
    double height = Math.ceil(y + 20);
    scene.add(new Mark.Box(0.5, 0.5, WIDTH - 1, height - 1, null, Ink.FAINT, false));
    return scene.scene(title, WIDTH, height);
  }

  private void talk(Talk talk) {
    List<Step> steps = talk.steps();
    double[] heights = steps.stream().mapToDouble(LadderLayout::height).toArray();
    boolean toScale = spread(steps, heights);
    header(talk, toScale);
    double top = y;
    Band client = new Band(CLIENT - 6 - BAND, talk.firstState(true), steps, true, top);
    Band server = new Band(SERVER + 6, talk.firstState(false), steps, false, top);
    y += talk.steps().isEmpty() ? 0 : 26;
    for (int i = 0; i < heights.length; i++) {
      step(steps.get(i), client, server);
      y += heights[i];
    }
    y += CHANGE;
    client.end(y);
    server.end(y);
    rail(CLIENT, top);
    rail(SERVER, top);
    y += 12;
  }

  private void header(Talk talk, boolean toScale) {
    y += 30;
    double room = (SERVER - CLIENT) / 2 - 8;
    end(CLIENT, "Client", talk.client(), Anchor.START, room);
    end(SERVER, "Server", talk.server(), Anchor.END, room);
    String number = "connection " + talk.conn();
    String scale = toScale ? "time to scale" : "time not to scale";
    double width = Face.STRONG.width(number) + 2 * GAP + Face.ASIDE.width(scale);
    scene.label(MIDDLE - width / 2, y, number, Face.STRONG, Ink.TEXT, Anchor.START);
    scene.label(MIDDLE + width / 2, y, scale, Face.ASIDE, Ink.MUTED, Anchor.END);
    double states = y + LINE;
    scene.label(TIME_RIGHT, states, "ms", Face.ASIDE, Ink.MUTED, Anchor.END);
    scene.label(
        CLIENT - 6 - BAND / 2, states, "client's state", Face.ASIDE, Ink.MUTED, Anchor.MIDDLE);
    scene.label(
        SERVER + 6 + BAND / 2, states, "server's state", Face.ASIDE, Ink.MUTED, Anchor.MIDDLE);
    scene.label(FRAME_RIGHT, states, "frame", Face.ASIDE, Ink.MUTED, Anchor.END);
    y += LINE + 8;
  }

  private void end(double x, String role, String address, Anchor anchor, double room) {
    scene.label(x, y, role, Face.STRONG, Ink.TEXT, anchor);
    scene.label(x, y + LINE, Face.BODY.fitted(address, room), Face.BODY, Ink.TEXT, anchor);
  }

  private void rail(double x, double top) {
    scene.add(new Mark.Line(x, top, x, y, Ink.RAIL, 2, false));
  }

  private void step(Step step, Band client, Band server) {
    Arrow arrow = step.arrow();
    double start = y;
    double arrival = y;
    if (arrow != null) {
      start = y + labelHeight(arrow);
      arrival = start + SLANT;
      arrow(arrow, start, arrival);
      scene.label(FRAME_RIGHT, start + 4, "" + arrow.frame(), Face.BODY, Ink.MUTED, Anchor.END);
    } else {
      start += 10;
      arrival += 10;
      for (Change change : step.changes()) {
        event(change, start);
      }
    }
    String time = String.format(Locale.ROOT, "%.3f", step.time() * 1000);
    scene.label(TIME_RIGHT, start + 4, time, Face.BODY, Ink.TEXT, Anchor.END);
    boolean fromClient = arrow == null || arrow.fromClient();
    client.changes(step, fromClient ? start : arrival);
    server.changes(step, fromClient ? arrival : start);
  }

  private void arrow(Arrow arrow, double start, double arrival) {
    double from = arrow.fromClient() ? CLIENT : SERVER;
    double to = arrow.fromClient() ? SERVER : CLIENT;
    scene.arrow(from, start, to, arrival, arrow.ink(), arrow.inferred());
    Label label = new Label(arrow);
    double baseline = start - 5;
    if (label.twoLines()) {
      scene.label(MIDDLE, baseline, label.detail, Face.BODY, Ink.MUTED, Anchor.MIDDLE);
      baseline -= LINE;
    }
    double x = label.left();
    for (Name name : label.names) {
      if (name.lock() != Lock.NONE) {
        scene.lock(x, baseline, name.ink(), name.lock() == Lock.OPEN);
        x += LOCK;
      }
      scene.label(x, baseline, name.text(), Face.STRONG, name.ink(), Anchor.START);
      x += Face.STRONG.width(name.text()) + GAP;
    }
    if (!label.twoLines()) {
      scene.label(x, baseline, label.detail, Face.BODY, Ink.MUTED, Anchor.START);
    }
    if (!arrow.note().isEmpty()) {
      scene.label(
          MIDDLE,
          arrival + 13,
          Face.ASIDE.fitted(arrow.note(), ROOM),
          Face.ASIDE,
          TalkReader.TROUBLE.matcher(arrow.note()).find() ? Ink.WARNING : Ink.MUTED,
          Anchor.MIDDLE);
    }
  }

  private void event(Change change, double at) {
    double x = change.client() ? CLIENT : SERVER;
    double away = change.client() ? 9 : -9;
    scene.line(x, at, x + away * 0.7, at, Ink.RAIL, false);
    scene.label(
        x + away,
        at + 4,
        Face.ASIDE.fitted(change.event(), ROOM / 2),
        Face.ASIDE,
        Ink.MUTED,
        change.client() ? Anchor.START : Anchor.END);
  }

  private static double height(Step step) {
    int most = Math.max(step.changes(true).size(), step.changes(false).size());
    Arrow arrow = step.arrow();
    double own =
        arrow == null ? 22 : labelHeight(arrow) + SLANT + (arrow.note().isEmpty() ? 6 : 20);
    double states = (arrow == null ? 10 : labelHeight(arrow) + SLANT) + CHANGE * most;
    return Math.max(own, most > 1 ? states : 0);
  }

  private static double labelHeight(Arrow arrow) {
    return new Label(arrow).twoLines() ? 2 * LINE + 4 : LINE + 5;
  }

  /** Stretches the rows to the scale of time, if that is possible within reason. */
  private static boolean spread(List<Step> steps, double[] heights) {
    double scale = 0;
    double sum = 0;
    for (int i = 0; i + 1 < heights.length; i++) {
      double gap = steps.get(i + 1).time() - steps.get(i).time();
      if (gap <= 0) {
        return false;
      }
      scale = Math.max(scale, heights[i] / gap);
      sum += heights[i];
    }
    if (heights.length < 3) {
      return false;
    }
    double span = steps.get(heights.length - 1).time() - steps.get(0).time();
    if (scale * span > sum * TO_SCALE_AT_MOST) {
      return false;
    }
    for (int i = 0; i + 1 < heights.length; i++) {
      heights[i] = scale * (steps.get(i + 1).time() - steps.get(i).time());
    }
    return true;
  }

  private void legend() {
    y += 26;
    double x = legend(LEFT, Ink.CONTROL, "TCP alone", false);
    if (ladder.has(Ink.HANDSHAKE)) {
      x = legend(x, Ink.HANDSHAKE, "TLS handshake", false);
    }
    if (ladder.has(Ink.DATA)) {
      x = legend(x, Ink.DATA, "data", false);
    }
    if (ladder.has(Ink.WARNING)) {
      x = legend(x, Ink.WARNING, "TLS alert", false);
    }
    if (ladder.infers()) {
      x = legend(x, Ink.CONTROL, "dashed: not seen, inferred", true);
    }
    if (ladder.has(Lock.CLOSED)) {
      x = legend(x, Lock.CLOSED, "encrypted");
    }
    if (ladder.has(Lock.OPEN)) {
      legend(x, Lock.OPEN, "encrypted, opened with the keys");
    }
  }

  private double legend(double from, Ink ink, String text, boolean dashed) {
    double x = room(from, 32, text);
    scene.line(x, y - 4, x + 26, y - 4, ink, dashed);
    return legendText(x + 32, text);
  }

  private double legend(double from, Lock lock, String text) {
    double x = room(from, LOCK, text);
    scene.lock(x, y, Ink.HANDSHAKE, lock == Lock.OPEN);
    return legendText(x + LOCK, text);
  }

  /** Here, or at the start of a new line if there is no room left in this one. */
  private double room(double x, double symbol, String text) {
    if (x + symbol + Face.BODY.width(text) <= WIDTH - LEFT) {
      return x;
    }
    y += 22;
    return LEFT;
  }

  private double legendText(double x, String text) {
    scene.label(x, y, text, Face.BODY, Ink.TEXT, Anchor.START);
    return x + Face.BODY.width(text) + 22;
  }

  /** What stands over an arrow: in one line if it fits, else in two. */
  private static final class Label {
    private final List<Name> names = new ArrayList<>();
    private final String detail;
    private double namesWidth = -GAP;

    Label(Arrow arrow) {
      detail = Face.BODY.fitted(arrow.detail(), ROOM);
      int last = arrow.names().size() - 1;
      for (int i = 0; i <= last; i++) {
        Name name = arrow.names().get(i);
        double lock = name.lock() == Lock.NONE ? 0 : LOCK;
        double room = ROOM - namesWidth - GAP - lock;
        String text = Escape.line(name.text()) + (i < last ? "," : "");
        if (room < 40) {
          break;
        }
        text = Face.STRONG.fitted(text, room);
        names.add(new Name(text, name.lock(), name.ink()));
        namesWidth += GAP + lock + Face.STRONG.width(text);
      }
    }

    double oneLine() {
      return namesWidth + GAP + Face.BODY.width(detail);
    }

    boolean twoLines() {
      return oneLine() > ROOM;
    }

    double left() {
      return MIDDLE - (twoLines() ? namesWidth : oneLine()) / 2;
    }
  }

  /** The states of one end, as a band along its rail. */
  private final class Band {
    private final double x;
    private final boolean client;
    private @Nullable String state;
    private boolean inferred;
    private double since;

    Band(double x, @Nullable String first, List<Step> steps, boolean client, double top) {
      this.x = x;
      this.client = client;
      this.state = first;
      this.since = top;
      this.inferred =
          steps.stream()
              .flatMap(s -> s.changes(client).stream())
              .limit(1)
              .anyMatch(Change::inferred);
    }

    void changes(Step step, double at) {
      double from = at;
      for (Change change : step.changes(client)) {
        end(from);
        state = change.to();
        inferred = change.inferred();
        since = from;
        from += CHANGE;
      }
    }

    void end(double until) {
      String known = state;
      if (known == null || until <= since) {
        return;
      }
      scene.add(
          new Mark.Box(x, since, BAND, until - since, Ink.ofState(known), Ink.RAIL, inferred));
      scene.label(
          x + BAND / 2,
          since + 14,
          Face.BODY.fitted(known, BAND - 8),
          inferred ? Face.ASIDE : Face.BODY,
          Ink.TEXT,
          Anchor.MIDDLE);
    }
  }
}
