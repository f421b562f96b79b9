package io.handshakelab.http;

import io.handshakelab.capture.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * A request and the final response to it, as far as they were seen.
 *
 * @param request the request
 * @param response the response that is not a 1xx one, or null where it was not seen
 * @param status of the response, or 0 without one
 * @param encrypted whether it was read from decrypted TLS
 * @param requestStartNanos when the request's first byte was seen, nanoseconds since 1970
 * @param requestEndNanos when the last byte of its head and body was seen
 * @param responseStartNanos when the response's first byte was seen, 0 without one
 * @param responseEndNanos when the last byte of its head and body was seen, 0 without one
 * @param evidence the weakest of those bytes
 */
public record HttpExchange(
    HttpMessage request,
    @Nullable HttpMessage response,
    int status,
    boolean encrypted,
    long requestStartNanos,
    long requestEndNanos,
    long responseStartNanos,
    long responseEndNanos,
    Evidence evidence) {}
