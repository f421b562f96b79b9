package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tls.protection.SuiteParameters;
import io.handshakelab.tls.protection.Tls13Finished;
import io.handshakelab.tls.registry.HandshakeType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The messages of one handshake, over which a Finished is made (RFC 8446 §4.4.1). */
final class Transcript {
  private final List<Bytes> messages = new ArrayList<>();
  private boolean whole;
  private int end;

  /** With a ClientHello: a handshake begins. */
  void begin() {
    messages.clear();
    whole = true;
  }

  /** Not HelloRequest, and in TLS 1.3 nothing that comes after the handshake. */
  void add(Bytes message, boolean tls13) {
    boolean belongs =
        switch (message.u8(0)) {
          case HandshakeType.HELLO_REQUEST, HandshakeType.KEY_UPDATE -> false;
          case HandshakeType.NEW_SESSION_TICKET -> !tls13;
          default -> true;
        };
    if (belongs) {
      messages.add(message);
    }
  }

  /** After a HelloRetryRequest a hash stands for the first ClientHello. */
  void retry(SuiteParameters suite) {
    Bytes first = Tls13Finished.messageHash(suite, messages);
    messages.clear();
    messages.add(first);
  }

  /** With the client's Finished of TLS 1.3 the handshake is over. */
  void end() {
    end = messages.size();
  }

  /** Each authentication after the handshake goes on from its end (RFC 8446 §4.4.1). */
  void goOnFromEnd() {
    messages.subList(end, messages.size()).clear();
  }

  /** Something was not seen, or not decrypted; so it stays until the next handshake. */
  void miss() {
    whole = false;
  }

  boolean isWhole() {
    return whole;
  }

  List<Bytes> messages() {
    return Collections.unmodifiableList(messages);
  }
}
