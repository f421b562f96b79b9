/**
 * Bytes and the one way to read them: start with {@link io.handshakelab.bytes.Bytes} and {@link
 * io.handshakelab.bytes.ByteReader}.
 */
@NullMarked
package io.handshakelab.bytes;

import org.jspecify.annotations.NullMarked;
