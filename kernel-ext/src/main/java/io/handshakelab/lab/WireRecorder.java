package io.handshakelab.lab;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Secrets;
import io.handshakelab.capture.Vantage;
import io.handshakelab.capture.WireRecording;
import io.handshakelab.capture.WireRequest;
import io.handshakelab.capture.WireSource;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Records packets. The sockets of the visit are bound before the recording starts, so that its
 * filter names exactly their ports: nothing of the visit is missed, and nothing of others is seen.
 */
final class WireRecorder implements Recorder {
  private static final int CONNECTIONS = 12;
  private static final int QUESTIONS = 16;

  private final Deque<SocketChannel> connections = new ArrayDeque<>();
  private final Deque<DatagramSocket> questions = new ArrayDeque<>();
  private final List<String> warnings = new ArrayList<>();
  private final SocketWatch watch = new SocketWatch();
  private final WireRecording recording;
  private final boolean loopback;

  /**
   * @param loopback whether all of the visit stays on this machine
   */
  WireRecorder(String name, boolean loopback) throws IOException {
    this.loopback = loopback;
    boolean started = false;
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        connections.add(SocketChannel.open().bind(new InetSocketAddress(0)));
      }
      for (int i = 0; i < QUESTIONS; i++) {
        questions.add(new DatagramSocket());
      }
      String device = loopback ? WireSource.loopbackDevice() : "any";
      recording = WireSource.start(WireRequest.on(device).named(name).filter(filter()));
      started = true;
    } finally {
      if (!started) {
        closeSockets();
        watch.close();
      }
    }
  }

  private String filter() {
    String tcp =
        connections.stream()
            .map(channel -> "tcp port " + channel.socket().getLocalPort())
            .collect(Collectors.joining(" or "));
    String udp =
        questions.stream()
            .map(socket -> "udp port " + socket.getLocalPort())
            .collect(Collectors.joining(" or "));
    return tcp + " or " + udp;
  }

  @Override
  public Socket connect(InetSocketAddress target, Deadline deadline) throws IOException {
    SocketChannel channel = connections.poll();
    if (channel == null) {
      warnings.add("more connections than expected: the last ones were not recorded");
      channel = SocketChannel.open();
    }
    Socket socket = channel.socket();
    try {
      socket.setTcpNoDelay(true);
      watch.port(socket.getLocalPort());
      socket.connect(target, deadline.millis());
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public byte[] ask(InetSocketAddress server, byte[] question, Deadline deadline)
      throws IOException {
    try (DatagramSocket socket = nextQuestion()) {
      return Datagrams.ask(socket, server, question, deadline, (from, to, payload) -> {});
    }
  }

  private DatagramSocket nextQuestion() throws IOException {
    DatagramSocket socket = questions.poll();
    if (socket == null) {
      warnings.add("more DNS questions than expected: the last ones were not recorded");
      return new DatagramSocket();
    }
    return socket;
  }

  @Override
  public Capture finish(Secrets secrets, List<String> more) {
    Capture wire = recording.finish();
    Capture.Builder capture =
        Capture.builder(wire.name())
            .source(wire.source())
            .vantage(loopback ? Vantage.BOTH : Vantage.CLIENT)
            .secrets(secrets);
    Frames.copy(wire, capture);
    watch.writeTo(capture);
    warnings.stream().distinct().forEach(capture::warning);
    more.forEach(capture::warning);
    return capture.build();
  }

  @Override
  public void close() {
    recording.close();
    watch.close();
    closeSockets();
  }

  private void closeSockets() {
    questions.forEach(DatagramSocket::close);
    for (SocketChannel channel : connections) {
      try {
        channel.close();
      } catch (IOException e) {
        // It was bound and nothing else.
      }
    }
  }
}
