package io.handshakelab.table;

import io.handshakelab.x509.CertificateChain;
import org.jspecify.annotations.Nullable;

/**
 * A chain and where it was shown.
 *
 * @param connection number of the TCP connection, null for certificates from elsewhere
 */
public record ShownChain(@Nullable Integer connection, CertificateChain chain) {}
