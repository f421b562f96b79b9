package io.handshakelab.analysis;

import io.handshakelab.capture.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * One phase of a visit.
 *
 * @param connection number of the TCP connection, null for {@code dns}
 * @param phase {@code dns}, {@code redirect}, {@code tcp}, {@code tls}, {@code request}, {@code
 *     first_byte} or {@code close}
 * @param startNanos nanoseconds since 1970
 * @param endNanos nanoseconds since 1970
 * @param roundTrips how often one end had to wait for the other
 */
public record Phase(
    @Nullable Integer connection,
    String phase,
    long startNanos,
    long endNanos,
    double roundTrips,
    Evidence evidence) {}
