/**
 * Embedded servers and the client that visits them: start with {@link
 * io.handshakelab.lab.LabServers} and {@link io.handshakelab.lab.Visit}.
 */
@NullMarked
package io.handshakelab.lab;

import org.jspecify.annotations.NullMarked;
