package io.handshakelab.packet;

import io.handshakelab.bytes.Bytes;

/**
 * An address and a port.
 *
 * @param address 4 octets (IPv4) or 16 (IPv6)
 * @param port 0 to 65535
 */
public record Endpoint(Bytes address, int port) {
  /** {@code 192.0.2.1:443} or {@code [2001:db8::1]:443} (RFC 5952). */
  @Override
  public String toString() {
    throw new UnsupportedOperationException("to be written");
  }
}
