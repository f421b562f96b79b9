package io.handshakelab.capture;

import java.util.Locale;

/** How a thing is known. An inferred thing is never shown as a seen one. */
public enum Evidence {
  /** In a captured packet. */
  WIRE,
  /** Read from the operating system, such as {@code /proc/net/tcp}. */
  KERNEL,
  /** Seen at the socket API of this process. */
  SOCKET,
  /** Follows from the protocol. */
  INFERRED;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** As it stands in the tables: {@code wire}, {@code kernel}, {@code socket}, {@code inferred}. */
  public String label() {
    return label;
  }
}
