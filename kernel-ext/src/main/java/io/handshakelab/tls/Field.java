package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;

/**
 * One leaf of a message: a run of its bytes and what they mean.
 *
 * @param path such as {@code client_hello.extensions[3].server_name}
 * @param offset from the start of the message, header included
 * @param bytes the run itself
 * @param value such as {@code www.lab.test}; not escaped for display
 * @param meaning in words
 * @param rfc such as {@code RFC 6066 §3}
 */
public record Field(
    String path, int offset, Bytes bytes, String value, String meaning, String rfc) {}
