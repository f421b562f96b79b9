package io.handshakelab.capture;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One row of {@code /proc/net/tcp} or {@code tcp6}: {@code sl: local_address rem_address st …}, all
 * hexadecimal, an address in words of four octets in the byte order of this machine.
 */
final class SocketLine {
  private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  /** By the numbers of include/net/tcp_states.h: 12 is the kernel's own half of SYN-RCVD. */
  private static final String[] STATES = {
    "",
    "ESTABLISHED",
    "SYN-SENT",
    "SYN-RCVD",
    "FIN-WAIT-1",
    "FIN-WAIT-2",
    "TIME-WAIT",
    "CLOSED",
    "CLOSE-WAIT",
    "LAST-ACK",
    "LISTEN",
    "CLOSING",
    "SYN-RCVD"
  };

  private byte[] text = new byte[0];
  private int localAt;
  private int remoteAt;
  private int addressDigits;
  private int localPort;
  private int remotePort;
  private int state;

  /** Remembers where things stand; false if this is no such row, as the heading. */
  boolean parse(byte[] octets, int from, int to) {
    text = octets;
    int colon = indexOf(':', from, to);
    if (colon < 0 || colon + 2 >= to) {
      return false;
    }
    localAt = colon + 2;
    int portColon = indexOf(':', localAt, to);
    addressDigits = portColon - localAt;
    remoteAt = portColon + 6;
    if ((addressDigits != 8 && addressDigits != 32) || to - remoteAt < addressDigits + 8) {
      return false;
    }
    localPort = hex(portColon + 1, 4);
    remotePort = hex(remoteAt + addressDigits + 1, 4);
    state = hex(remoteAt + addressDigits + 6, 2);
    return localPort >= 0 && remotePort >= 0 && state > 0 && state < STATES.length;
  }

  int localPort() {
    return localPort;
  }

  int remotePort() {
    return remotePort;
  }

  String state() {
    return STATES[state];
  }

  /** Both ends as they are written, which tells sockets apart. */
  String key() {
    int length = remoteAt + addressDigits + 5 - localAt;
    return new String(text, localAt, length, StandardCharsets.ISO_8859_1);
  }

  SocketTable.Entry entry() {
    return new SocketTable.Entry(local(), remote(), state());
  }

  InetSocketAddress local() {
    return new InetSocketAddress(address(localAt), localPort);
  }

  InetSocketAddress remote() {
    return new InetSocketAddress(address(remoteAt), remotePort);
  }

  /** An IPv4-mapped IPv6 address becomes IPv4: {@link InetAddress} does that. */
  private InetAddress address(int at) {
    byte[] octets = new byte[addressDigits / 2];
    for (int i = 0; i < octets.length; i++) {
      int target = LITTLE ? (i / 4) * 4 + 3 - (i % 4) : i;
      octets[target] = (byte) hex(at + 2 * i, 2);
    }
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 octets are always an address", e);
    }
  }

  private int indexOf(char wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private int hex(int at, int digits) {
    int value = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = Character.digit(text[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = (value << 4) | digit;
    }
    return value;
  }
}
