package io.handshakelab.chart;

import io.handshakelab.chart.Machine.Step;
import java.util.ArrayList;
import java.util.List;

/** One arrow of the diagram, for all rules between two states. */
final class MachineArrow {
  static final double LINE = 14.5;

  /** Half of the distance between two lines side by side. */
  private static final double APART = 2.4;

  private final List<Step> steps;
  private final double[] points;
  private final double room;
  private double labelX;
  private double labelY;
  private boolean above;
  private double badgeX;
  private double badgeY;

  /**
   * An arrow that still needs a place for its words and numbers.
   *
   * @param room width of its words
   * @param points x and y of its ends and corners; the last one is its tip
   */
  MachineArrow(List<Step> steps, double room, double... points) {
    this.steps = List.copyOf(steps);
    this.room = room;
    this.points = points.clone();
  }

  /** Words to the right of x, the first line of them at this base line. */
  MachineArrow words(double x, double y) {
    labelX = x;
    labelY = y;
    return this;
  }

  /** Words to the right of x, the last line of them at this base line. */
  MachineArrow wordsAbove(double x, double y) {
    above = true;
    return words(x, y);
  }

  /** The middle of the numbers. */
  MachineArrow badge(double x, double y) {
    badgeX = x;
    badgeY = y;
    return this;
  }

  List<Step> steps() {
    return steps;
  }

  double[] points() {
    return points.clone();
  }

  private record Word(String text, Face face, Ink ink) {}

  void draw(Scene.Builder scene) {
    boolean client = steps.stream().anyMatch(s -> !s.client().isEmpty());
    boolean server = steps.stream().anyMatch(s -> !s.server().isEmpty());
    double apart = client && server ? APART : 0;
    if (client) {
      line(scene, MachineBadge.ink(true), 2.6, -apart);
    }
    if (server) {
      line(scene, MachineBadge.ink(false), 2.6, apart);
    }
    if (!client && !server) {
      line(scene, Ink.RAIL, 1.4, 0);
    }
    words(scene);
  }

  /** The numbers come last, over all lines. */
  void drawBadges(Scene.Builder scene) {
    List<Integer> client = new ArrayList<>();
    List<Integer> server = new ArrayList<>();
    steps.forEach(s -> client.addAll(s.client()));
    steps.forEach(s -> server.addAll(s.server()));
    client.sort(null);
    server.sort(null);
    boolean both = !client.isEmpty() && !server.isEmpty();
    double clientWidth = MachineBadge.width(client);
    double serverWidth = MachineBadge.width(server);
    if (both && isUpright()) {
      double apart = MachineBadge.HEIGHT / 2 + 1;
      MachineBadge.draw(scene, badgeX - clientWidth / 2, badgeY - apart, client, true);
      MachineBadge.draw(scene, badgeX - serverWidth / 2, badgeY + apart, server, false);
      return;
    }
    double between = both ? 3 : 0;
    double x = badgeX - (clientWidth + between + serverWidth) / 2;
    MachineBadge.draw(scene, x, badgeY, client, true);
    MachineBadge.draw(scene, x + clientWidth + between, badgeY, server, false);
  }

  /** Whether the line runs up or down where the numbers stand. */
  private boolean isUpright() {
    for (int i = 0; i + 2 < points.length; i += 2) {
      if (points[i] == points[i + 2] && points[i] == badgeX) {
        return true;
      }
    }
    return false;
  }

  private void line(Scene.Builder scene, Ink ink, double width, double aside) {
    int last = points.length - 2;
    for (int i = 0; i + 2 < points.length; i += 2) {
      double x1 = points[i] + aside;
      double y1 = points[i + 1] + aside;
      double x2 = points[i + 2] + aside;
      double y2 = points[i + 3] + aside;
      if (i + 2 == last) {
        // The tip touches the box, wherever the line runs.
        boolean upright = points[i] == points[i + 2];
        x2 = upright ? x2 : points[last];
        y2 = upright ? points[last + 1] : y2;
        scene.arrow(x1, y1, x2, y2, ink, width, false);
      } else {
        scene.add(new Mark.Line(x1, y1, x2, y2, ink, width, false));
      }
    }
  }

  private void words(Scene.Builder scene) {
    List<Word> words = new ArrayList<>();
    for (Step step : steps) {
      Ink ink = step.isTaken() ? Ink.TEXT : Ink.MUTED;
      words.add(new Word(step.rule().event().label(), Face.STRONG, ink));
      wrapped(step.rule().action(), words);
    }
    double y = above ? labelY - (words.size() - 1) * LINE : labelY;
    for (Word word : words) {
      scene.label(labelX, y, word.text(), word.face(), word.ink(), Mark.Anchor.START);
      y += LINE;
    }
  }

  private void wrapped(String action, List<Word> words) {
    String rest = action;
    while (!rest.isEmpty()) {
      int end = rest.length();
      while (Face.BODY.width(rest.substring(0, end)) > room && rest.lastIndexOf(' ', end - 1) > 0) {
        end = rest.lastIndexOf(' ', end - 1);
      }
      words.add(new Word(rest.substring(0, end), Face.BODY, Ink.MUTED));
      rest = rest.substring(end).strip();
    }
  }
}
