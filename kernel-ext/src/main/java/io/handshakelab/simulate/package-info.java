/**
 * TCP on a virtual network with a virtual clock, all from one seed: start with {@link
 * io.handshakelab.simulate.Scenario}, which runs a story, or with {@link
 * io.handshakelab.simulate.Simulation}, on which stories are built.
 */
@NullMarked
package io.handshakelab.simulate;

import org.jspecify.annotations.NullMarked;
