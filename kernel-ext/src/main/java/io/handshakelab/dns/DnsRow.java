package io.handshakelab.dns;

import io.handshakelab.capture.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * One row of the {@code dns} table: a query, or one answer record of a response (or a response
 * without answers).
 *
 * @param frame that carries the message, from 1
 * @param timeNanos nanoseconds since 1970
 * @param id of the message
 * @param query the name that was asked for, without the dot at its end; not escaped for display
 * @param type such as {@code A}
 * @param answer the record's data, null in a query or without one
 * @param ttl seconds, null in a query or without an answer
 * @param rcode such as {@code NOERROR}, null in a query
 * @param rttMs milliseconds from the query to this response, null in a query or without its query
 */
public record DnsRow(
    int frame,
    long timeNanos,
    int id,
    String query,
    String type,
    @Nullable String answer,
    @Nullable Long ttl,
    @Nullable String rcode,
    @Nullable Double rttMs,
    Evidence evidence) {}
