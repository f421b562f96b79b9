package io.handshakelab.tls.message;

/**
 * A run of a message's bytes with a meaning of its own.
 *
 * @param path such as {@code client_hello.extensions[3].server_name}
 * @param offset from the start of the message, header included
 * @param length in bytes, at least 1
 * @param value such as {@code www.lab.test}; not escaped for display
 * @param meaning in words
 * @param rfc such as {@code RFC 6066 §3}
 */
public record Leaf(String path, int offset, int length, String value, String meaning, String rfc) {}
