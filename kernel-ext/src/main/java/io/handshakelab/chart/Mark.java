package io.handshakelab.chart;

import org.jspecify.annotations.Nullable;

/** What pictures are made of. Lengths are in pixels at normal size, y runs downwards. */
sealed interface Mark {
  record Line(double x1, double y1, double x2, double y2, Ink ink, double width, boolean dashed)
      implements Mark {}

  record Box(
      double x,
      double y,
      double width,
      double height,
      @Nullable Ink fill,
      @Nullable Ink border,
      boolean dashed)
      implements Mark {}

  record Triangle(double x1, double y1, double x2, double y2, double x3, double y3, Ink fill)
      implements Mark {}

  /** The upper half of a circle's line. */
  record Arch(double x, double y, double radius, Ink ink) implements Mark {}

  /** A box with round corners. */
  record Pill(double x, double y, double width, double height, double arc, Ink fill, Ink border)
      implements Mark {}

  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /**
   * One line of text.
   *
   * @param x where its anchor stands
   * @param y of the base line
   */
  record Label(double x, double y, String text, Face face, Ink ink, Anchor anchor) implements Mark {
    double left() {
      double width = face.width(text);
      return switch (anchor) {
        case START -> x;
        case MIDDLE -> x - width / 2;
        case END -> x - width;
      };
    }

    double right() {
      return left() + face.width(text);
    }

    double top() {
      return y - face.size() * 0.8;
    }

    double bottom() {
      return y + face.size() * 0.2;
    }
  }
}
