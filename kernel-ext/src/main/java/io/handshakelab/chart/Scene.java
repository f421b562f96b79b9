package io.handshakelab.chart;

import io.handshakelab.chart.Mark.Anchor;
import io.handshakelab.text.Escape;
import java.util.ArrayList;
import java.util.List;

/**
 * A picture before it is drawn: where everything is. PNG and SVG are drawn from the same scene.
 *
 * @param title what it shows, in a few words
 * @param marks those behind come first
 */
record Scene(String title, double width, double height, List<Mark> marks) {
  Scene {
    marks = List.copyOf(marks);
  }

  List<Mark.Label> labels() {
    return marks.stream().filter(Mark.Label.class::isInstance).map(Mark.Label.class::cast).toList();
  }

  /** Collects marks. Texts are made safe to show here, and nowhere else. */
  static final class Builder {
    private final List<Mark> marks = new ArrayList<>();

    Builder add(Mark mark) {
      marks.add(mark);
      return this;
    }

    Builder label(double x, double y, String text, Face face, Ink ink, Anchor anchor) {
      return add(new Mark.Label(x, y, Escape.line(text), face, ink, anchor));
    }

    Builder line(double x1, double y1, double x2, double y2, Ink ink, boolean dashed) {
      return add(new Mark.Line(x1, y1, x2, y2, ink, 1.4, dashed));
    }

    /** Slanting lines across a box. */
    Builder hatch(double x, double y, double width, double height, Ink ink) {
      for (double at = x - height; at < x + width; at += 7) {
        double from = Math.max(at, x);
        double to = Math.min(at + height, x + width);
        if (from < to) {
          add(
              new Mark.Line(
                  from, y + height - (from - at), to, y + height - (to - at), ink, 1.4, false));
        }
      }
      return this;
    }

    /** A line with a head at its second end. */
    Builder arrow(double x1, double y1, double x2, double y2, Ink ink, boolean dashed) {
      return arrow(x1, y1, x2, y2, ink, 1.4, dashed);
    }

    /** The same, of any width. */
    Builder arrow(
        double x1, double y1, double x2, double y2, Ink ink, double width, boolean dashed) {
      double length = Math.hypot(x2 - x1, y2 - y1);
      double ux = (x2 - x1) / length;
      double uy = (y2 - y1) / length;
      double baseX = x2 - 10 * ux;
      double baseY = y2 - 10 * uy;
      add(new Mark.Line(x1, y1, baseX, baseY, ink, width, dashed));
      return add(
          new Mark.Triangle(
              x2, y2, baseX - 4.5 * uy, baseY + 4.5 * ux, baseX + 4.5 * uy, baseY - 4.5 * ux, ink));
    }

    /** A padlock, 9 wide, standing on the base line of a text. */
    Builder lock(double x, double y, Ink ink, boolean open) {
      add(new Mark.Arch(x + 4.5 + (open ? 4.5 : 0), y - 6, 3, ink));
      return add(new Mark.Box(x, y - 6, 9, 7, ink, null, false));
    }

    Scene scene(String title, double width, double height) {
      return new Scene(title, width, height, marks);
    }
  }
}
