package io.handshakelab.capture;

import io.handshakelab.bytes.Bytes;

/**
 * A server's private key. It stays in memory: no file that is written ever holds it.
 *
 * @param name of the file that it came from
 * @param algorithm {@code RSA}; any other one cannot open what was recorded
 * @param pkcs1 the key as RFC 8017 §A.1.2 has it; empty if it is not RSA
 */
public record ServerKey(String name, String algorithm, Bytes pkcs1) {
  public boolean isRsa() {
    return !pkcs1.isEmpty();
  }

  /** Without the key, so that it never gets into a log by mistake. */
  @Override
  public String toString() {
    return "private key " + name + " (" + algorithm + ")";
  }
}
