/**
 * One picocli class for each magic; it serves {@code %name} in a notebook and {@code lab name} in a
 * shell. Start with {@link io.handshakelab.magic.Session} and {@link io.handshakelab.magic.Magics}.
 */
@NullMarked
package io.handshakelab.magic;

import org.jspecify.annotations.NullMarked;
