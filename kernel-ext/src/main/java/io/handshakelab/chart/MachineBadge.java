package io.handshakelab.chart;

import java.util.List;
import java.util.stream.Collectors;

/** The number of a step: round and blue for the client, square and red for the server. */
final class MachineBadge {
  static final double HEIGHT = 17;

  private static final int MOST = 3;

  private MachineBadge() {}

  static Ink ink(boolean client) {
    return client ? Ink.HANDSHAKE : Ink.BAD;
  }

  static String text(List<Integer> numbers) {
    String all = numbers.stream().limit(MOST).map(n -> "" + n).collect(Collectors.joining(","));
    return numbers.size() > MOST ? all + "…" : all;
  }

  static double width(List<Integer> numbers) {
    return numbers.isEmpty() ? 0 : Math.max(HEIGHT, Face.STRONG.width(text(numbers)) + 8);
  }

  /**
   * Nothing if there is no number.
   *
   * @param x its left edge
   * @param y its middle
   */
  static void draw(Scene.Builder scene, double x, double y, List<Integer> numbers, boolean client) {
    if (numbers.isEmpty()) {
      return;
    }
    double width = width(numbers);
    scene.add(
        new Mark.Pill(
            x, y - HEIGHT / 2, width, HEIGHT, client ? HEIGHT : 3, ink(client), Ink.PAPER));
    scene.label(x + width / 2, y + 4.7, text(numbers), Face.STRONG, Ink.PAPER, Mark.Anchor.MIDDLE);
  }

  /** Gives the right edge for the next one to its left. */
  static double drawEndingAt(
      Scene.Builder scene, double right, double y, List<Integer> numbers, boolean client) {
    double left = right - width(numbers);
    draw(scene, left, y, numbers, client);
    return numbers.isEmpty() ? right : left - 3;
  }
}
