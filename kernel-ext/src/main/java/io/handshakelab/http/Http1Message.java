package io.handshakelab.http;

/**
 * A message of HTTP/1.x in its stream.
 *
 * @param from offset of its first octet in the view in which it begins
 * @param firstFrame that brought this octet
 */
record Http1Message(Placed placed, Head head, int from, int firstFrame) {}
