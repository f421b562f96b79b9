package io.handshakelab.oracle;

/**
 * One field of a handshake message as tshark dissects it.
 *
 * @param name such as {@code tls.handshake.random}
 * @param offset from the start of the message, its header included
 * @param length octets
 * @param hex these octets
 * @param show the value
 * @param text name and value in words
 */
record TheirLeaf(String name, int offset, int length, String hex, String show, String text) {
  TheirLeaf shifted(int by) {
    return by == 0 ? this : new TheirLeaf(name, offset + by, length, hex, show, text);
  }
}
