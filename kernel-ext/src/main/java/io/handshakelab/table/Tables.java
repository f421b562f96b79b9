package io.handshakelab.table;

/** A stub. */
public final class Tables {
  private Tables() {}
}
