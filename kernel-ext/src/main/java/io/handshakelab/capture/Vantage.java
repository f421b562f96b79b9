package io.handshakelab.capture;

import java.util.Locale;

/** Where a capture was taken, which decides what it can prove. */
public enum Vantage {
  CLIENT,
  SERVER,
  /** At both ends at once, as on the loopback interface. */
  BOTH,
  /** Somewhere between the ends, or not known. */
  MIDDLE;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
