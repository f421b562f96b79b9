package io.handshakelab.capture;

import org.jspecify.annotations.Nullable;

/** The texts by which a capture file says that a frame was made up, for people and for us. */
final class Marks {
  /** Of the interface on which all such frames lie. */
  static final String INTERFACE_DESCRIPTION = "synthesised from socket I/O";

  private static final String SOCKET = "payload seen at the socket, headers made up";
  private static final String INFERRED = "frame made up: follows from the protocol";
  private static final String KERNEL = "frame made up: read from the operating system";

  private Marks() {}

  /** The comment that marks a frame so known, or null for a captured one. */
  static @Nullable String comment(Evidence evidence) {
    return switch (evidence) {
      case WIRE -> null;
      case SOCKET -> SOCKET;
      case INFERRED -> INFERRED;
      case KERNEL -> KERNEL;
    };
  }

  /** What this comment marks, or null if it is an ordinary one. */
  static @Nullable Evidence evidence(String comment) {
    return switch (comment) {
      case SOCKET -> Evidence.SOCKET;
      case INFERRED -> Evidence.INFERRED;
      case KERNEL -> Evidence.KERNEL;
      default -> null;
    };
  }
}
