/** The commands in a shell: start with {@link io.handshakelab.cli.Main}. */
@NullMarked
package io.handshakelab.cli;

import org.jspecify.annotations.NullMarked;
