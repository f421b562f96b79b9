/** A certification authority of one's own: issue, revoke, and keep it in a directory. */
@NullMarked
package io.handshakelab.lab.ca;

import org.jspecify.annotations.NullMarked;
