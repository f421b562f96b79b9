/**
 * Headers from the link layer up to TCP and UDP: start with {@link
 * io.handshakelab.packet.PacketDecoder} and {@link io.handshakelab.packet.Endpoint}.
 */
@NullMarked
package io.handshakelab.packet;

import org.jspecify.annotations.NullMarked;
