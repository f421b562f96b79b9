package io.handshakelab.lab;

import io.handshakelab.problem.Problem;

/** Which versions of TLS an endpoint is willing to speak. */
public enum TlsVersions {
  /** TLS 1.2 alone (RFC 5246). */
  V1_2("1.2"),
  /** TLS 1.3 alone (RFC 8446). */
  V1_3("1.3"),
  /** Both: the server takes the newer one that both know. */
  ANY("any");

  private final String label;

  TlsVersions(String label) {
    this.label = label;
  }

  /** As a person writes it: {@code 1.2}, {@code 1.3} or {@code any}. */
  public static TlsVersions of(String label) {
    for (TlsVersions versions : values()) {
      if (versions.label.equals(label)) {
        return versions;
      }
    }
    throw new Problem("no TLS version \"" + label + "\" here", "take 1.2, 1.3 or any");
  }

  public String label() {
    return label;
  }
}
