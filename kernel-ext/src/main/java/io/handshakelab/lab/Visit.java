package io.handshakelab.lab;

/** A stub. */
public final class Visit {
  private Visit() {}
}
