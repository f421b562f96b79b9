package io.handshakelab.tls;

import io.handshakelab.tcp.Sender;
import org.jspecify.annotations.Nullable;

/** The keys of TLS 1.3 in the order in which they come into use (RFC 8446 §7.1). */
enum Epoch {
  EARLY("CLIENT_EARLY_TRAFFIC_SECRET", "CLIENT_EARLY_TRAFFIC_SECRET"),
  HANDSHAKE("CLIENT_HANDSHAKE_TRAFFIC_SECRET", "SERVER_HANDSHAKE_TRAFFIC_SECRET"),
  APPLICATION("CLIENT_TRAFFIC_SECRET_0", "SERVER_TRAFFIC_SECRET_0");

  private final String client;
  private final String server;

  Epoch(String client, String server) {
    this.client = client;
    this.server = server;
  }

  /** Its name in a key log. */
  String label(Sender sender) {
    return sender == Sender.CLIENT ? client : server;
  }

  /** The one that comes after it, or null. */
  @Nullable Epoch next() {
    return switch (this) {
      case EARLY -> HANDSHAKE;
      case HANDSHAKE -> APPLICATION;
      case APPLICATION -> null;
    };
  }
}
