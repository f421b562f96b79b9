package io.handshakelab.tls.message;

/** What a handshake message, an alert or a ChangeCipherSpec says. */
public interface Message {
  /** In one line that a person can read; not escaped for display. */
  String summary();

  /** The part of the summary that may be another one in each connection; mostly all of it. */
  default String summaryStart() {
    return summary();
  }

  /** The rest, which is the same object in many connections. */
  default String summaryEnd() {
    return "";
  }
}
