/**
 * Handshake Lab inside a Java kernel for Jupyter: start with {@link
 * io.handshakelab.kernel.HandshakeLabExtension} (JJava) and {@link
 * io.handshakelab.kernel.IJavaAdapter} (IJava); both use {@link io.handshakelab.kernel.Boundary}.
 */
@NullMarked
package io.handshakelab.kernel;

import org.jspecify.annotations.NullMarked;
