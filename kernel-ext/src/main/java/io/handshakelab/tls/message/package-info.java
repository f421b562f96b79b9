/**
 * TLS messages and extensions, one type each. Every reader states what it reads once, and that
 * gives both the record and the leaves of the message: start with {@link
 * io.handshakelab.tls.message.Messages} and {@link io.handshakelab.tls.message.FieldReader}.
 */
@NullMarked
package io.handshakelab.tls.message;

import org.jspecify.annotations.NullMarked;
