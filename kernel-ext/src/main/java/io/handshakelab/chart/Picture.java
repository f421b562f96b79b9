package io.handshakelab.chart;

/** A stub. */
public final class Picture {
  private Picture() {}
}
