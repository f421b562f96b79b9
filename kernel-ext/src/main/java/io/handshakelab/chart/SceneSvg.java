package io.handshakelab.chart;

import java.util.Locale;

/** Writes a scene as SVG 1.1. */
final class SceneSvg {
  private final StringBuilder out = new StringBuilder();

  private SceneSvg() {}

  static String svg(Scene scene) {
    return new SceneSvg().document(scene);
  }

  private String document(Scene scene) {
    format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$s\" height=\"%2$s\""
            + " viewBox=\"0 0 %1$s %2$s\" font-family=\"'DejaVu Sans',Verdana,sans-serif\""
            + " role=\"img\">\n",
        number(scene.width()), number(scene.height()));
    format("<title>%s</title>\n", xml(scene.title()));
    format("<rect width=\"100%%\" height=\"100%%\" fill=\"%s\"/>\n", Ink.PAPER.css());
    scene.marks().forEach(this::mark);
    return out.append("</svg>\n").toString();
  }

  private void mark(Mark mark) {
    if (mark instanceof Mark.Line line) {
      format(
          "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"%s\"%s/>\n",
          number(line.x1()),
          number(line.y1()),
          number(line.x2()),
          number(line.y2()),
          line.ink().css(),
          number(line.width()),
          dashes(line.dashed()));
    } else if (mark instanceof Mark.Box box) {
      format(
          "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\" stroke=\"%s\"%s/>\n",
          number(box.x()),
          number(box.y()),
          number(box.width()),
          number(box.height()),
          box.fill() == null ? "none" : box.fill().css(),
          box.border() == null ? "none" : box.border().css(),
          dashes(box.dashed()));
    } else if (mark instanceof Mark.Triangle t) {
      format(
          "<path d=\"M%s %sL%s %sL%s %sZ\" fill=\"%s\"/>\n",
          number(t.x1()),
          number(t.y1()),
          number(t.x2()),
          number(t.y2()),
          number(t.x3()),
          number(t.y3()),
          t.fill().css());
    } else if (mark instanceof Mark.Arch a) {
      format(
          "<path d=\"M%s %sa%3$s %3$s 0 0 1 %4$s 0\" fill=\"none\" stroke=\"%5$s\""
              + " stroke-width=\"1.6\"/>\n",
          number(a.x() - a.radius()),
          number(a.y()),
          number(a.radius()),
          number(2 * a.radius()),
          a.ink().css());
    } else if (mark instanceof Mark.Label label) {
      label(label);
    }
  }

  /** The length is given, so that another font does not make labels overlap. */
  private void label(Mark.Label label) {
    if (label.text().isEmpty()) {
      return;
    }
    format(
        "<text x=\"%s\" y=\"%s\" font-size=\"%d\"%s%s fill=\"%s\" textLength=\"%s\""
            + " lengthAdjust=\"spacingAndGlyphs\">%s</text>\n",
        number(label.left()),
        number(label.y()),
        label.face().size(),
        label.face().bold() ? " font-weight=\"bold\"" : "",
        label.face().italic() ? " font-style=\"italic\"" : "",
        label.ink().css(),
        number(label.right() - label.left()),
        xml(label.text()));
  }

  private void format(String pattern, Object... values) {
    out.append(String.format(Locale.ROOT, pattern, values));
  }

  private static String dashes(boolean dashed) {
    return dashed ? " stroke-dasharray=\"5 4\"" : "";
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String xml(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case 0xfffe, 0xffff -> safe.append('\ufffd');
                default -> safe.appendCodePoint(c);
              }
            });
    return safe.toString();
  }
}
