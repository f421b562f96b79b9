package io.handshakelab.chart;

import java.awt.Color;

/** The colours of all pictures, chosen to differ in lightness too and to be legible on white. */
enum Ink {
  PAPER(0xffffff),
  TEXT(0x1f2933),
  MUTED(0x52606d),
  FAINT(0xcbd2d9),
  RAIL(0x7b8794),
  CONTROL(0x3e4c59),
  HANDSHAKE(0x0b69a3),
  DATA(0x2f7d32),
  WARNING(0xb4530a),
  BAD(0xab091e),
  STATE_NONE(0xf0f2f4),
  STATE_OPENING(0xfdf2c4),
  STATE_OPEN(0xd7f0d9),
  STATE_CLOSING(0xfde0cc),
  STATE_WAITING(0xe6dcf5),
  BAR_NAME(0x8d6cc2),
  BAR_TCP(0xe0a030),
  BAR_TLS(0x4a90c8),
  BAR_HTTP(0x5aa867);

  private final Color color;

  Ink(int rgb) {
    this.color = new Color(rgb);
  }

  Color color() {
    return color;
  }

  /** As in CSS: {@code #rrggbb}. */
  String css() {
    return String.format("#%06x", color.getRGB() & 0xffffff);
  }
}
