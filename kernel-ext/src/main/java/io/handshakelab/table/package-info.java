/** Projections to Tablesaw: start with {@link io.handshakelab.table.Tables}. */
@NullMarked
package io.handshakelab.table;

import org.jspecify.annotations.NullMarked;
