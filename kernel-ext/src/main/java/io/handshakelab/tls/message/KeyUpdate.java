package io.handshakelab.tls.message;

import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.Registry;

/**
 * From now on the sender uses new keys.
 *
 * <pre>
 * KeyUpdateRequest request_update;             // 1: the other end shall do so too, RFC 8446 §4.6.3
 * </pre>
 */
public record KeyUpdate(int requestUpdate) implements Message {

  static KeyUpdate parse(FieldReader in) throws Malformed {
    return new KeyUpdate(
        in.u8(
            "request_update",
            Registry.KEY_UPDATE_REQUEST,
            "whether the other end shall update its keys too"));
  }

  @Override
  public String summary() {
    return Registry.KEY_UPDATE_REQUEST.describe(requestUpdate) + ", new sending keys from now on";
  }
}
