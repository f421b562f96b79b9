/**
 * Keys and what they open: key logs, the key schedules of TLS 1.0 to 1.3 in the clear, and record
 * protection. Start with {@link io.handshakelab.tls.protection.KeyLog} and {@link
 * io.handshakelab.tls.protection.RecordProtection}. Nothing here starts a cryptographic provider
 * before there is something to decrypt.
 */
@NullMarked
package io.handshakelab.tls.protection;

import org.jspecify.annotations.NullMarked;
