package io.handshakelab.packet;

import io.handshakelab.bytes.Bytes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * An address and a port.
 *
 * @param address 4 octets (IPv4) or 16 (IPv6)
 * @param port 0 to 65535
 */
public record Endpoint(Bytes address, int port) {
  public Endpoint {
    if (address.length() != 4 && address.length() != 16) {
      throw new IllegalArgumentException("an address of " + address.length() + " octets");
    }
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("port " + port);
    }
  }

  /** The same end as a socket names it; it must be resolved. */
  public static Endpoint of(InetSocketAddress socket) {
    return new Endpoint(Bytes.of(socket.getAddress().getAddress()), socket.getPort());
  }

  public InetSocketAddress toSocketAddress() {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address.toArray()), port);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 octets are always an address", e);
    }
  }

  /** Whether it lies in 127.0.0.0/8 (RFC 1122 §3.2.1.3) or is ::1 (RFC 4291 §2.5.3). */
  public boolean isLoopback() {
    return address.length() == 4
        ? address.u8(0) == 127
        : address.i64(0) == 0 && address.i64(8) == 1;
  }

  /** The address alone: {@code 192.0.2.1} or {@code 2001:db8::1} (RFC 5952). */
  public String addressText() {
    StringBuilder text = new StringBuilder();
    appendAddress(text);
    return text.toString();
  }

  /** {@code 192.0.2.1:443} or {@code [2001:db8::1]:443} (RFC 5952 §6). */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (address.length() == 4) {
      appendAddress(text);
    } else {
      text.append('[');
      appendAddress(text);
      text.append(']');
    }
    return text.append(':').append(port).toString();
  }

  private void appendAddress(StringBuilder text) {
    if (address.length() == 4) {
      appendDotted(text, 0);
    } else if (address.i64(0) == 0 && address.u32(8) == 0xffff) {
      // RFC 5952 §5: an IPv4-mapped address keeps its dots.
      text.append("::ffff:");
      appendDotted(text, 12);
    } else {
      appendGroups(text);
    }
  }

  private void appendDotted(StringBuilder text, int at) {
    for (int i = 0; i < 4; i++) {
      text.append(i == 0 ? "" : ".").append(address.u8(at + i));
    }
  }

  /** RFC 5952 §4: no leading zeros, and the first longest run of two or more zero groups as ::. */
  private void appendGroups(StringBuilder text) {
    int runStart = -1;
    int runLength = 1;
    for (int i = 0; i < 8; i++) {
      int length = zeroGroups(i);
      if (length > runLength) {
        runStart = i;
        runLength = length;
      }
    }
    for (int i = 0; i < 8; i++) {
      if (i == runStart) {
        text.append("::");
        i += runLength - 1;
      } else {
        if (i > 0 && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(address.u16(2 * i)));
      }
    }
  }

  private int zeroGroups(int from) {
    int length = 0;
    while (from + length < 8 && address.u16(2 * (from + length)) == 0) {
      length++;
    }
    return length;
  }
}
