/**
 * One capture, read as a whole: start with {@link io.handshakelab.analysis.Analysis} and {@link
 * io.handshakelab.analysis.Phase}.
 */
@NullMarked
package io.handshakelab.analysis;

import org.jspecify.annotations.NullMarked;
