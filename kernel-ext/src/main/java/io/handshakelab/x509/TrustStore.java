package io.handshakelab.x509;

/** Roots that are believed. A stub. */
public final class TrustStore {
  private TrustStore() {}
}
