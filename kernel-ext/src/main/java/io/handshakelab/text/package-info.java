/** Text from strangers, made safe to show: {@link io.handshakelab.text.Escape}. */
@NullMarked
package io.handshakelab.text;

import org.jspecify.annotations.NullMarked;
