/**
 * TLS records, messages and their decryption: start with {@link io.handshakelab.tls.TlsAnalysis}
 * and {@link io.handshakelab.tls.TlsMessage}.
 */
@NullMarked
package io.handshakelab.tls;

import org.jspecify.annotations.NullMarked;
