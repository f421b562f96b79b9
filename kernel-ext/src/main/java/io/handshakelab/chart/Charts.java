package io.handshakelab.chart;

/** A stub. */
public final class Charts {
  private Charts() {}
}
