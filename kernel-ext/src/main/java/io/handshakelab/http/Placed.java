package io.handshakelab.http;

import io.handshakelab.capture.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * A message with what its exchange needs to know.
 *
 * @param method of a request, empty for a response
 * @param status of a response, 0 for a request
 * @param startNanos when the first byte of its head was seen, nanoseconds since 1970
 * @param endNanos when the last byte of its head and body was seen
 * @param evidence the weakest of those bytes
 */
record Placed(
    HttpMessage message,
    String method,
    int status,
    long startNanos,
    long endNanos,
    Evidence evidence) {

  /** RFC 9110 §15.2: after an interim response another one follows, but not after 101. */
  boolean isFinal() {
    return status >= 200 || status == 101;
  }

  /** This request with the response to it. */
  HttpExchange answeredBy(@Nullable Placed response, boolean encrypted) {
    if (response == null) {
      return new HttpExchange(message, null, 0, encrypted, startNanos, endNanos, 0, 0, evidence);
    }
    Evidence other = response.evidence;
    return new HttpExchange(
        message,
        response.message,
        response.status,
        encrypted,
        startNanos,
        endNanos,
        response.startNanos,
        response.endNanos,
        other.compareTo(evidence) > 0 ? other : evidence);
  }
}
