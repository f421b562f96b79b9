/**
 * Certificates and their signatures, opened by hand: start with {@link
 * io.handshakelab.x509.CertificateChain} and {@link io.handshakelab.x509.SignatureWalk}.
 */
@NullMarked
package io.handshakelab.x509;

import org.jspecify.annotations.NullMarked;
