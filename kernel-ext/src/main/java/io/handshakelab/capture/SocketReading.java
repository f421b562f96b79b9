package io.handshakelab.capture;

import java.net.InetSocketAddress;

/**
 * One reading of a TCP socket's state from the operating system.
 *
 * @param fromNanos when the reading began, nanoseconds since 1970: the state held at some moment
 *     between this and {@code untilNanos}
 * @param untilNanos when the reading was over
 * @param local the socket's own end
 * @param remote the other end; port 0 while listening
 * @param state the RFC 9293 name as the tables show it, such as {@code SYN-RCVD}
 */
public record SocketReading(
    long fromNanos,
    long untilNanos,
    InetSocketAddress local,
    InetSocketAddress remote,
    String state) {}
