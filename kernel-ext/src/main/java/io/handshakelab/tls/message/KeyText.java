package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;

/** Public keys in summaries: in full if they are as short as those on curves. */
final class KeyText {
  private KeyText() {}

  static String of(Bytes key) {
    return key.length() <= 133 ? key.hex() : key.slice(0, 16).hex() + "…";
  }
}
