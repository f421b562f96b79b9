package io.handshakelab.lab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;

/** One question and one answer over UDP. */
final class Datagrams {
  /** Is shown each datagram as it goes out or has come in. */
  interface Witness {
    void saw(InetSocketAddress from, InetSocketAddress to, byte[] payload);
  }

  private Datagrams() {}

  /**
   * Sends {@code question} and waits for a datagram from the same server with the same first two
   * bytes, which is where DNS has its ID (RFC 1035 §4.1.1).
   *
   * @param socket to send from, not connected yet
   */
  static byte[] ask(
      DatagramSocket socket,
      InetSocketAddress server,
      byte[] question,
      Deadline deadline,
      Witness witness)
      throws IOException {
    socket.connect(server);
    InetSocketAddress here = new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    witness.saw(here, server, question);
    socket.send(new DatagramPacket(question, question.length));
    byte[] buffer = new byte[65_535];
    while (true) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      socket.setSoTimeout(deadline.millis());
      socket.receive(packet);
      byte[] answer = Arrays.copyOf(buffer, packet.getLength());
      witness.saw(server, here, answer);
      if (answer.length >= 2 && answer[0] == question[0] && answer[1] == question[1]) {
        return answer;
      }
    }
  }
}
