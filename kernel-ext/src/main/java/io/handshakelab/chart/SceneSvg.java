package io.handshakelab.chart;

import de.erichseifert.vectorgraphics2d.Document;
import de.erichseifert.vectorgraphics2d.Processor;
import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Draws a scene as SVG 1.1, by the same strokes as the PNG. */
final class SceneSvg {
  private static final String FONTS = "'DejaVu Sans',Verdana,sans-serif";

  private SceneSvg() {}

  static String svg(Scene scene) {
    return svg(scene.title(), scene.width(), scene.height(), g -> ScenePng.draw(g, scene));
  }

  /** What is drawn within this size, on paper. */
  static String svg(String title, double width, double height, Consumer<Graphics2D> drawing) {
    VectorGraphics2D graphics = new VectorGraphics2D();
    graphics.setColor(Ink.PAPER.color());
    graphics.fill(new Rectangle2D.Double(0, 0, width, height));
    drawing.accept(graphics);
    Processor processor = Processors.get("svg");
    Document document =
        processor.getDocument(graphics.getCommands(), new PageSize(0, 0, width, height));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      document.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return forEmbedding(out.toString(StandardCharsets.UTF_8), title);
  }

  /**
   * Without the document type, which some readers would look up on the network; with a title for
   * screen readers, with the size of letters that VectorGraphics2D leaves out because it takes it
   * for the default, and with another font to fall back on where ours is not installed.
   */
  private static String forEmbedding(String document, String title) {
    String svg =
        document
            .substring(document.indexOf("<svg"))
            .replace("font-family:&quot;DejaVu Sans&quot;", "font-family:" + FONTS)
            .replaceFirst("<svg ", "<svg font-family=\"" + FONTS + "\" font-size=\"12px\" ");
    int inside = svg.indexOf('>') + 1;
    String safe = title.replace("&", "&amp;").replace("<", "&lt;");
    return svg.substring(0, inside) + "<title>" + safe + "</title>" + svg.substring(inside);
  }
}
