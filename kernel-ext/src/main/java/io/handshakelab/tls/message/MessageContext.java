package io.handshakelab.tls.message;

import io.handshakelab.tls.registry.CipherSuite;
import io.handshakelab.tls.registry.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed before a message, on which its shape depends.
 *
 * @param version the negotiated one, or what the records say
 * @param suite the negotiated one, or null if it is not known
 */
public record MessageContext(ProtocolVersion version, @Nullable CipherSuite suite) {
  boolean isTls13() {
    return version.isTls13();
  }

  /** Whether a signature has its algorithm before it (RFC 5246 §4.7, RFC 8446 §4.4.3). */
  boolean namesSignatureAlgorithm() {
    return version.isTls13() || version.isTls12();
  }

  /** {@code ECDHE_RSA} and its like; empty if not known. */
  String keyExchange() {
    return suite == null ? "" : suite.keyExchange();
  }
}
