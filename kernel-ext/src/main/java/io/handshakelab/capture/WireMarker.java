package io.handshakelab.capture;

import io.handshakelab.bytes.Bytes;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Datagrams on the loopback interface that show how far a capture has come. They are large, because
 * the system hands packets on when a block of them is full, or else after a quarter of a second or
 * more.
 */
final class WireMarker implements AutoCloseable {
  private static final int TOKEN = 24;
  private static final int SIZE = 60_000;

  /** Of SLL2, IPv6 and UDP headers together, with room to spare. */
  private static final int LARGEST_HEADERS = 100;

  private final byte[] first = new byte[TOKEN];
  private final byte[] last = new byte[TOKEN];
  private final DatagramSocket socket;
  private final int size;

  WireMarker() throws IOException {
    SecureRandom random = new SecureRandom();
    random.nextBytes(first);
    random.nextBytes(last);
    InetAddress loopback = InetAddress.getLoopbackAddress();
    socket = new DatagramSocket(new InetSocketAddress(loopback, 0));
    size = size(loopback);
  }

  int port() {
    return socket.getLocalPort();
  }

  byte[] first() {
    return first;
  }

  byte[] last() {
    return last;
  }

  void sendFirst() throws IOException {
    send(first);
  }

  void sendLast() throws IOException {
    send(last);
  }

  boolean isIn(Bytes frame) {
    if (frame.length() < size) {
      return false;
    }
    byte[] head = frame.slice(0, Math.min(frame.length(), LARGEST_HEADERS + TOKEN)).toArray();
    return indexOf(head, head.length, first) >= 0 || indexOf(head, head.length, last) >= 0;
  }

  @Override
  public void close() {
    socket.close();
  }

  /** Where {@code token} begins in the first {@code length} octets, or -1. */
  static int indexOf(byte[] octets, int length, byte[] token) {
    for (int i = 0; i <= length - token.length; i++) {
      if (octets[i] == token[0]
          && Arrays.equals(octets, i, i + token.length, token, 0, token.length)) {
        return i;
      }
    }
    return -1;
  }

  private void send(byte[] token) throws IOException {
    byte[] payload = Arrays.copyOf(token, size);
    socket.send(new DatagramPacket(payload, payload.length, socket.getLocalSocketAddress()));
  }

  /** One fragment only, so that all of a marker can be told. */
  private static int size(InetAddress loopback) throws SocketException {
    NetworkInterface device = NetworkInterface.getByInetAddress(loopback);
    int fits = device == null ? SIZE : device.getMTU() - LARGEST_HEADERS;
    boolean linux = System.getProperty("os.name", "").startsWith("Linux");
    return Math.max(TOKEN, Math.min(fits, linux ? SIZE : 8_000));
  }
}
