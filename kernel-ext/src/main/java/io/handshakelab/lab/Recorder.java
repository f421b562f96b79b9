package io.handshakelab.lab;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Secrets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/** A source of frames for one visit, and the only door to the network that the visit has. */
interface Recorder extends AutoCloseable {
  /** A connection to {@code target} whose segments will be in the capture. */
  Socket connect(InetSocketAddress target, Deadline deadline) throws IOException;

  /** Sends a datagram and returns the first answer to it; both will be in the capture. */
  byte[] ask(InetSocketAddress server, byte[] question, Deadline deadline) throws IOException;

  /** Ends the recording; to be called once. */
  Capture finish(Secrets secrets, List<String> warnings);

  @Override
  void close();
}
