package io.handshakelab.tls.message;

import io.handshakelab.tls.registry.ExtensionType;

/** One extension of a hello or of another message that can be extended (RFC 8446 §4.2). */
public interface Extension {
  ExtensionType type();

  /** What it says, in a few words. */
  String summary();
}
