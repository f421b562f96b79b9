package io.handshakelab.tcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Datagrams to itself over the loopback interface: when one of them is in the file, so is all that
 * was sent before it, however busy the machine is.
 */
final class TcpdumpMarker implements AutoCloseable {
  private static final int FILE_HEADER = 24;
  private static final int FRAME_HEADER = 16;

  private final String words = "end of recording " + UUID.randomUUID() + " ";
  private final DatagramSocket socket;
  private int count;

  TcpdumpMarker() throws IOException {
    this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  }

  /** What tcpdump must see besides what it is there for. */
  String filter() {
    return "udp port " + socket.getLocalPort();
  }

  /** Sends another one; gives what is in the file when it has come there. */
  String send() {
    String text = words + count++ + ".";
    byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
    try {
      socket.send(new DatagramPacket(octets, octets.length, socket.getLocalSocketAddress()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text;
  }

  /** How many octets of the file are not of markers. */
  int others(Path file) throws IOException {
    return without(file).size();
  }

  /** Takes the markers out of a file that tcpdump writes no more. */
  void removeFrom(Path file) throws IOException {
    if (Files.size(file) >= FILE_HEADER) {
      Files.write(file, without(file).toByteArray());
    }
  }

  private ByteArrayOutputStream without(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    ByteBuffer numbers = ByteBuffer.wrap(all).order(ByteOrder.nativeOrder());
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    rest.write(all, 0, Math.min(FILE_HEADER, all.length));
    int at = FILE_HEADER;
    while (at + FRAME_HEADER <= all.length) {
      int length = FRAME_HEADER + numbers.getInt(at + 8);
      int end = Math.min(at + length, all.length);
      if (!new String(all, at, end - at, StandardCharsets.ISO_8859_1).contains(words)) {
        rest.write(all, at, end - at);
      }
      at = end;
    }
    return rest;
  }

  @Override
  public void close() {
    socket.close();
  }
}
