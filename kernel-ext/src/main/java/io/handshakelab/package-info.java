/** The commands from Java: start with {@link io.handshakelab.HandshakeLab}. */
@NullMarked
package io.handshakelab;

import org.jspecify.annotations.NullMarked;
