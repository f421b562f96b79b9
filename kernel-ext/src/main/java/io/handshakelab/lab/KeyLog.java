package io.handshakelab.lab;

import io.handshakelab.bytes.Hex;
import io.handshakelab.capture.Secrets;
import java.util.LinkedHashSet;
import java.util.Set;

/** Lines of a key log as they become known (draft-ietf-tls-keylogfile). */
public final class KeyLog {
  private final Set<String> lines = new LinkedHashSet<>();

  synchronized void add(String label, byte[] clientRandom, byte[] secret) {
    lines.add(label + " " + Hex.of(clientRandom) + " " + Hex.of(secret));
  }

  public synchronized Secrets secrets() {
    return Secrets.ofKeyLog(String.join("\n", lines));
  }
}
