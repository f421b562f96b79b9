/**
 * Charts from tables: start with {@link io.handshakelab.chart.Charts} and {@link
 * io.handshakelab.chart.Picture}.
 */
@NullMarked
package io.handshakelab.chart;

import org.jspecify.annotations.NullMarked;
