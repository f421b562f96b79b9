/**
 * What is told to a person when something cannot be done: {@link io.handshakelab.problem.Problem}.
 */
@NullMarked
package io.handshakelab.problem;

import org.jspecify.annotations.NullMarked;
