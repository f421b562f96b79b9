/**
 * Numbers that IANA assigned, as open value types: the number always, the name when it is known.
 * Start with {@link io.handshakelab.tls.registry.Registry} and {@link
 * io.handshakelab.tls.registry.CipherSuite}.
 */
@NullMarked
package io.handshakelab.tls.registry;

import org.jspecify.annotations.NullMarked;
