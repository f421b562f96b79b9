package io.handshakelab.lab;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Secrets;
import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One visit to the lab that nobody records, once for each process: it loads the classes of both
 * ends, which would otherwise show as half a second of handshake in the first capture.
 */
final class WarmUp {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final AtomicBoolean DONE = new AtomicBoolean();

  private WarmUp() {}

  static void once(LabServers lab) {
    if (DONE.compareAndSet(false, true)) {
      try (Unrecorded network = new Unrecorded()) {
        new VisitSteps(network, lab, PATIENCE, null, Credence.of(null, null, lab))
            .visit(VisitTarget.parse(LabServers.WWW), false, Visit.Until.END);
      } catch (Problem | Refusal e) {
        // Whoever visits the lab next is told.
      }
    }
  }

  /** The network as it is. */
  private static final class Unrecorded implements Recorder {
    @Override
    public Socket connect(InetSocketAddress target, Deadline deadline) throws IOException {
      Socket socket = new Socket(Proxy.NO_PROXY);
      try {
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
      try (DatagramSocket socket = new DatagramSocket()) {
        return Datagrams.ask(socket, server, question, deadline, (from, to, payload) -> {});
      }
    }

    @Override
    public Capture finish(Secrets secrets, List<String> warnings) {
      throw new IllegalStateException("nothing was recorded");
    }

    @Override
    public void close() {}
  }
}
