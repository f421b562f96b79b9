package io.handshakelab.magic;

import io.handshakelab.chart.Picture;

/** A picture that a notebook is to show as SVG too, which it hides where it is not trusted. */
public record SvgPicture(Picture picture) {
  @Override
  public String toString() {
    return picture.text();
  }
}
