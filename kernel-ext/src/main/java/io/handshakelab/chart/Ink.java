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
  HATCH(0xb0b8c1),
  STATE_NONE(0xeef0f3),
  STATE_OPENING(0xfbeb96),
  STATE_OPEN(0xa5dcc8),
  STATE_CLOSING(0xf6bd9b),
  STATE_WAITING(0xc3ccf2),
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

  /** The colour of a state, by its name in the tables. */
  static Ink ofState(String state) {
    return switch (state) {
      case "" -> PAPER;
      case "SYN-SENT", "SYN-RCVD" -> STATE_OPENING;
      case "ESTABLISHED" -> STATE_OPEN;
      case "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT", "CLOSING", "LAST-ACK" -> STATE_CLOSING;
      case "TIME-WAIT" -> STATE_WAITING;
      default -> STATE_NONE;
    };
  }

  /** As in CSS: {@code #rrggbb}. */
  String css() {
    return String.format("#%06x", color.getRGB() & 0xffffff);
  }
}
