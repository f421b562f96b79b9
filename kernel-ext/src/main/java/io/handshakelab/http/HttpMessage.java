package io.handshakelab.http;

import io.handshakelab.tcp.Sender;
import java.util.List;

/**
 * One HTTP message head and the length of its body (RFC 9112, RFC 9113).
 *
 * @param connection number of the TCP connection
 * @param frame of the head's last byte
 * @param timeNanos of that frame, nanoseconds since 1970
 * @param sender client for a request
 * @param line the request or status line; not escaped for display
 * @param headers each {@code Name: value}, in order, trailers last; not escaped for display
 * @param bodyLength octets of body that were seen, without chunk sizes and padding
 */
public record HttpMessage(
    int connection,
    int frame,
    long timeNanos,
    Sender sender,
    String line,
    List<String> headers,
    long bodyLength) {
  public HttpMessage {
    headers = List.copyOf(headers);
  }
}
