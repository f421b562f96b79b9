package io.handshakelab.tcp;

import java.util.Locale;

/** Which end of a connection: the client is the one that opened it. */
public enum Sender {
  CLIENT,
  SERVER;

  private final String label = name().toLowerCase(Locale.ROOT);

  public Sender other() {
    return this == CLIENT ? SERVER : CLIENT;
  }

  /** As it stands in the tables: {@code client} or {@code server}. */
  public String label() {
    return label;
  }
}
