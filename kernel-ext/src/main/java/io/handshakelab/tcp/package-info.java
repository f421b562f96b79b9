/**
 * TCP connections of a capture: start with {@link io.handshakelab.tcp.TcpAnalysis} and {@link
 * io.handshakelab.tcp.Connection}.
 */
@NullMarked
package io.handshakelab.tcp;

import org.jspecify.annotations.NullMarked;
