package io.handshakelab.lab;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Secrets;
import io.handshakelab.capture.Vantage;
import io.handshakelab.capture.WallClock;
import io.handshakelab.packet.Endpoint;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Random;

/** Records at the sockets of this process, by a {@link Relay}; needs no privilege. */
final class RelayRecorder implements Recorder {
  private final String name;
  private final String source;
  private final Tape tape;
  private final Relay relay;
  private final SocketWatch watch = new SocketWatch();

  /**
   * @param source what the capture is to say about where it comes from
   */
  RelayRecorder(String name, String source, Random random) throws IOException {
    this.name = name;
    this.source = source;
    this.tape = new Tape(random);
    this.relay = new Relay(tape, InetAddress::getByName, watch::port);
  }

  @Override
  public Socket connect(InetSocketAddress target, Deadline deadline) throws IOException {
    // Sockets of a channel end their waiting when their thread is interrupted.
    Socket socket = SocketChannel.open().socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(relay.address(), deadline.millis());
      socket.getOutputStream().write(socksRequest(target));
      DataInputStream in = new DataInputStream(new TimedInput(socket, deadline));
      in.readFully(new byte[2]);
      byte[] reply = new byte[10];
      in.readFully(reply);
      check(reply[1]);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** The greeting and the request of RFC 1928 §3 and §4 in one. */
  private static byte[] socksRequest(InetSocketAddress target) {
    byte[] address = target.getAddress().getAddress();
    return ByteBuffer.allocate(3 + 4 + address.length + 2)
        .put(new byte[] {5, 1, 0, 5, 1, 0, (byte) (address.length == 4 ? 1 : 4)})
        .put(address)
        .putShort((short) target.getPort())
        .array();
  }

  private static void check(int code) throws IOException {
    switch (code) {
      case 0 -> {}
      case 5 -> throw new ConnectException("Connection refused");
      case 6 -> throw new SocketTimeoutException("connect timed out");
      default -> throw new NoRouteToHostException("no route to host");
    }
  }

  @Override
  public byte[] ask(InetSocketAddress server, byte[] question, Deadline deadline)
      throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      return Datagrams.ask(socket, server, question, deadline, this::saw);
    }
  }

  private void saw(InetSocketAddress from, InetSocketAddress to, byte[] payload) {
    tape.datagram(WallClock.nanos(), Endpoint.of(from), Endpoint.of(to), payload);
  }

  @Override
  public Capture finish(Secrets secrets, List<String> warnings) {
    relay.close();
    Capture.Builder capture =
        Capture.builder(name).source(source).vantage(Vantage.CLIENT).secrets(secrets);
    tape.writeTo(capture);
    watch.writeTo(capture);
    warnings.forEach(capture::warning);
    return capture.build();
  }

  @Override
  public void close() {
    relay.close();
    watch.close();
  }
}
