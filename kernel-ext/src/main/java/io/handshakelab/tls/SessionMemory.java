package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Master secrets of sessions seen in this capture, by session id or ticket: a resumed connection
 * has the same one (RFC 5246 §7.3, RFC 5077 §3.1).
 */
final class SessionMemory {
  private final Map<Bytes, Bytes> masterSecrets = new HashMap<>();

  void remember(Bytes sessionIdOrTicket, Bytes masterSecret) {
    if (!sessionIdOrTicket.isEmpty()) {
      masterSecrets.put(sessionIdOrTicket, masterSecret);
    }
  }

  @Nullable Bytes masterSecret(Bytes sessionIdOrTicket) {
    return masterSecrets.get(sessionIdOrTicket);
  }
}
