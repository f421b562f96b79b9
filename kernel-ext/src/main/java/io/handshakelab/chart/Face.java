package io.handshakelab.chart;

import io.handshakelab.problem.Problem;
import io.handshakelab.text.Escape;
import java.awt.Font;
import java.awt.font.FontRenderContext;

/** The kinds of lettering. Nothing is smaller than 12 pixels. */
enum Face {
  TITLE(18, Font.BOLD),
  STRONG(13, Font.BOLD),
  BODY(12, Font.PLAIN),
  ASIDE(12, Font.ITALIC);

  private static final FontRenderContext SMOOTH = new FontRenderContext(null, true, true);

  private final int size;
  private final int style;

  Face(int size, int style) {
    this.size = size;
    this.style = style;
  }

  int size() {
    return size;
  }

  boolean bold() {
    return (style & Font.BOLD) != 0;
  }

  boolean italic() {
    return (style & Font.ITALIC) != 0;
  }

  Font font() {
    return new Font(Font.SANS_SERIF, style, size);
  }

  /** Pixels that a text takes in width. */
  double width(String text) {
    try {
      return font().getStringBounds(text, SMOOTH).getWidth();
    } catch (Exception | LinkageError | InternalError e) {
      throw noFonts(e);
    }
  }

  /** The text, made safe to show, or as much of its beginning as fits, with an ellipsis. */
  String fitted(String raw, double width) {
    String text = Escape.line(raw);
    if (width(text) <= width) {
      return text;
    }
    int low = 0;
    int high = Math.min(text.length(), (int) width);
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (width(head(text, middle) + "…") <= width) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return head(text, low).stripTrailing() + "…";
  }

  private static String head(String text, int length) {
    boolean split = length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, split ? length - 1 : length);
  }

  static Problem noFonts(Throwable cause) {
    return new Problem(
        "No picture can be drawn: this Java finds no font",
        "Install a font package, such as fonts-dejavu-core with fontconfig; doctor tells more",
        cause);
  }
}
