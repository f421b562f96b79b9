package io.handshakelab.chart;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Arc2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/** Draws a scene with Java2D. */
final class ScenePng {
  /**
   * A picture is drawn twice as large as it is shown, unless it would have more pixels than this.
   */
  private static final double MOST_PIXELS = 12e6;

  private ScenePng() {}

  static double scale(Scene scene) {
    return scale(scene.width(), scene.height());
  }

  private static double scale(double width, double height) {
    return Math.min(2, Math.sqrt(MOST_PIXELS / (width * height)));
  }

  static byte[] png(Scene scene) {
    return png(scene.width(), scene.height(), g -> draw(g, scene));
  }

  /** What is drawn within this size, on paper, as a PNG of a higher resolution. */
  static byte[] png(double width, double height, Consumer<Graphics2D> drawing) {
    // Otherwise Java would look for a screen.
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
    try {
      double scale = scale(width, height);
      BufferedImage image =
          new BufferedImage(
              (int) Math.round(width * scale),
              (int) Math.round(height * scale),
              BufferedImage.TYPE_INT_RGB);
      Graphics2D g = image.createGraphics();
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      g.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      g.setColor(Ink.PAPER.color());
      g.fillRect(0, 0, image.getWidth(), image.getHeight());
      g.scale(scale, scale);
      drawing.accept(g);
      g.dispose();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.setUseCache(false);
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("this Java writes no PNG");
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (LinkageError | InternalError e) {
      throw Face.noFonts(e);
    }
  }

  /** Anything that can be drawn on will do. */
  static void draw(Graphics2D g, Scene scene) {
    scene.marks().forEach(mark -> draw(g, mark));
  }

  private static void draw(Graphics2D g, Mark mark) {
    if (mark instanceof Mark.Line line) {
      g.setColor(line.ink().color());
      g.setStroke(stroke(line.width(), line.dashed()));
      g.draw(new Line2D.Double(line.x1(), line.y1(), line.x2(), line.y2()));
    } else if (mark instanceof Mark.Box box) {
      Rectangle2D shape = new Rectangle2D.Double(box.x(), box.y(), box.width(), box.height());
      if (box.fill() != null) {
        g.setColor(box.fill().color());
        g.fill(shape);
      }
      if (box.border() != null) {
        g.setColor(box.border().color());
        g.setStroke(stroke(1, box.dashed()));
        g.draw(shape);
      }
    } else if (mark instanceof Mark.Pill pill) {
      RoundRectangle2D shape =
          new RoundRectangle2D.Double(
              pill.x(), pill.y(), pill.width(), pill.height(), pill.arc(), pill.arc());
      g.setColor(pill.fill().color());
      g.fill(shape);
      g.setColor(pill.border().color());
      g.setStroke(stroke(1, false));
      g.draw(shape);
    } else if (mark instanceof Mark.Triangle t) {
      Path2D path = new Path2D.Double();
      path.moveTo(t.x1(), t.y1());
      path.lineTo(t.x2(), t.y2());
      path.lineTo(t.x3(), t.y3());
      path.closePath();
      g.setColor(t.fill().color());
      g.fill(path);
    } else if (mark instanceof Mark.Arch a) {
      double d = 2 * a.radius();
      g.setColor(a.ink().color());
      g.setStroke(stroke(1.6, false));
      g.draw(new Arc2D.Double(a.x() - a.radius(), a.y() - a.radius(), d, d, 0, 180, Arc2D.OPEN));
    } else if (mark instanceof Mark.Label label) {
      g.setColor(label.ink().color());
      g.setFont(label.face().font());
      g.drawString(label.text(), (float) label.left(), (float) label.y());
    }
  }

  private static BasicStroke stroke(double width, boolean dashed) {
    return dashed
        ? new BasicStroke(
            (float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {5, 4}, 0)
        : new BasicStroke((float) width);
  }
}
