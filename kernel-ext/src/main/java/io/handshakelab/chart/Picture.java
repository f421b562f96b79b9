package io.handshakelab.chart;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A chart, ready to be shown. What is asked for is made when it is first asked for, and kept. */
public final class Picture {
  private final String title;
  private final int width;
  private final int height;
  private final String text;
  private final Supplier<byte[]> drawPng;
  private final Supplier<String> drawSvg;
  private byte @Nullable [] png;
  private @Nullable String svg;

  Picture(Scene scene, String text) {
    this(
        scene.title(),
        (int) Math.ceil(scene.width()),
        (int) Math.ceil(scene.height()),
        text,
        () -> ScenePng.png(scene),
        () -> SceneSvg.svg(scene));
  }

  Picture(
      String title,
      int width,
      int height,
      String text,
      Supplier<byte[]> drawPng,
      Supplier<String> drawSvg) {
    this.title = title;
    this.width = width;
    this.height = height;
    this.text = text;
    this.drawPng = drawPng;
    this.drawSvg = drawSvg;
  }

  public String title() {
    return title;
  }

  /** Pixels at which it should be shown; the PNG may have more. */
  public int width() {
    return width;
  }

  /** Pixels at which it should be shown; the PNG may have more. */
  public int height() {
    return height;
  }

  public synchronized byte[] png() {
    byte[] known = png;
    if (known == null) {
      known = drawPng.get();
      png = known;
    }
    return known.clone();
  }

  public synchronized String svg() {
    String known = svg;
    if (known == null) {
      known = drawSvg.get();
      svg = known;
    }
    return known;
  }

  /** The same in letters, where no picture can be shown; safe to show. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
