package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tcp.TcpState;

/** Does something with its socket now and then, until it has closed it or lost interest. */
final class RandomUser implements TcpHandler {
  private static final long MILLI = 1_000_000;

  private final Stage stage;
  private final SeededRandom random;
  private final long patience;
  private final int restlessness;
  private int left;
  private boolean finished;

  RandomUser(Stage stage, SeededRandom random, TcpSocket socket) {
    this.stage = stage;
    this.random = random;
    this.patience = random.chance(0.5) ? 20 * MILLI : 2_000 * MILLI;
    this.restlessness = random.below(100);
    this.left = 1 + random.below(6);
    later(socket);
  }

  @Override
  public void data(TcpSocket socket, Bytes octets) {
    if (!finished && random.chance(0.3)) {
      socket.write(some());
    }
  }

  @Override
  public void peerClosed(TcpSocket socket) {
    int how = random.below(10);
    if (how < 4) {
      close(socket);
    } else if (how < 9) {
      stage.after(random.upTo(patience), () -> close(socket));
    }
  }

  private void later(TcpSocket socket) {
    stage.after(random.upTo(patience), () -> act(socket));
  }

  private void act(TcpSocket socket) {
    if (finished || socket.state() == TcpState.CLOSED) {
      return;
    }
    if (socket.state() == TcpState.SYN_SENT && random.chance(0.9)) {
      // Most users wait until they are connected.
      later(socket);
      return;
    }
    int what = random.below(100);
    if (what < 55) {
      socket.write(some());
    } else if (what < 65) {
      socket.pauseReading();
      stage.after(random.upTo(patience), socket::resumeReading);
    } else if (what < 75) {
      finished = true;
      socket.shutdownOutput();
      return;
    } else if (what < 80 && restlessness < 30) {
      finished = true;
      socket.abort();
      return;
    } else {
      close(socket);
      return;
    }
    if (--left > 0) {
      later(socket);
    } else if (restlessness < 90) {
      stage.after(random.upTo(patience), () -> close(socket));
    }
  }

  private void close(TcpSocket socket) {
    finished = true;
    socket.close();
  }

  private Bytes some() {
    byte[] octets = new byte[1 + random.below(random.chance(0.8) ? 600 : 9_000)];
    random.fill(octets);
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) ('a' + (octets[i] & 15));
    }
    return Bytes.wrap(octets);
  }
}
