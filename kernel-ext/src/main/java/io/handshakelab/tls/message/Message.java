package io.handshakelab.tls.message;

/** What a handshake message, an alert or a ChangeCipherSpec says. */
public interface Message {
  /** In one line that a person can read; not escaped for display. */
  String summary();
}
