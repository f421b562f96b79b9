/**
 * Captured frames and where they come from: start with {@link io.handshakelab.capture.Capture} and
 * {@link io.handshakelab.capture.CaptureFiles}.
 */
@NullMarked
package io.handshakelab.capture;

import org.jspecify.annotations.NullMarked;
