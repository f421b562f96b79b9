package io.handshakelab.lab;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.packet.PacketDecoder;

/** Tells whether a capture has TLS to whose keys nobody here has had access. */
final class Ciphered {
  private static final int HANDSHAKE = 22;

  private Ciphered() {}

  /** The capture, with a warning if it has TLS but no keys. */
  static Capture warn(Capture capture) {
    return capture.secrets().isEmpty() && hasTls(capture)
        ? capture.withWarning(
            "the keys of the TLS in this capture are not known: what is encrypted stays so"
                + " (capture TARGET visits with keys)")
        : capture;
  }

  /** A handshake record begins with 22, 3 (RFC 8446 §5.1). */
  private static boolean hasTls(Capture capture) {
    PacketDecoder packet = new PacketDecoder();
    for (int n = 1; n <= capture.frameCount(); n++) {
      if (packet.decode(capture, n) && packet.isTcp()) {
        Bytes payload = packet.payload();
        if (payload.length() > 2 && payload.u8(0) == HANDSHAKE && payload.u8(1) == 3) {
          return true;
        }
      }
    }
    return false;
  }
}
