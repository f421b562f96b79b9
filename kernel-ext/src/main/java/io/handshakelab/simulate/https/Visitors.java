package io.handshakelab.simulate.https;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.simulate.TcpHandler;
import io.handshakelab.simulate.TcpSocket;
import io.handshakelab.simulate.VirtualClock;
import java.util.function.Consumer;

/** What the client of a simulated visit does on its connections. It always closes first. */
final class Visitors {
  private Visitors() {}

  /** One connection of the client: when it is over, the visit goes on. */
  abstract static class Visitor implements TcpHandler {
    private final Runnable next;
    private final Consumer<String> trouble;
    private boolean over;

    Visitor(Runnable next, Consumer<String> trouble) {
      this.next = next;
      this.trouble = trouble;
    }

    /** Whether the answer has come. */
    abstract boolean isServed();

    @Override
    public final void peerClosed(TcpSocket socket) {
      socket.close();
    }

    @Override
    public final void closed(TcpSocket socket) {
      end(isServed() ? "" : "it was closed before an answer came");
    }

    @Override
    public final void failed(TcpSocket socket, String why) {
      end(why);
    }

    private void end(String why) {
      if (over) {
        return;
      }
      over = true;
      if (!why.isEmpty()) {
        trouble.accept(why);
      }
      if (isServed()) {
        next.run();
      }
    }
  }

  /** Asks in the clear, and is told where to go. */
  static final class Plain extends Visitor {
    private final Http.Ear ear = new Http.Ear();
    private boolean served;

    Plain(Runnable next, Consumer<String> trouble) {
      super(next, trouble);
    }

    @Override
    boolean isServed() {
      return served;
    }

    @Override
    public void connected(TcpSocket socket) {
      socket.write(Http.bytes(Http.request()));
    }

    @Override
    public void data(TcpSocket socket, Bytes octets) {
      ear.hear(octets.toArray());
      if (!served && ear.message() != null) {
        served = true;
        socket.shutdownOutput();
      }
    }
  }

  /** Asks over TLS. */
  static final class Secure extends Visitor {
    private final VirtualClock clock;
    private final TlsEnd tls;
    private final Consumer<String> trouble;
    private final Http.Ear ear = new Http.Ear();
    private boolean asked;
    private boolean served;

    Secure(VirtualClock clock, TlsEnd tls, Runnable next, Consumer<String> trouble) {
      super(next, trouble);
      this.clock = clock;
      this.tls = tls;
      this.trouble = trouble;
    }

    @Override
    boolean isServed() {
      return served;
    }

    @Override
    public void connected(TcpSocket socket) {
      tls.sendOver(socket);
    }

    @Override
    public void data(TcpSocket socket, Bytes octets) {
      ear.hear(tls.received(octets.toArray()));
      if (!asked && tls.isConnected()) {
        asked = true;
        tls.write(Http.bytes(Http.request()).toArray());
      }
      boolean answered = !served && ear.message() != null;
      if (answered) {
        served = true;
        tls.close();
      }
      tls.sendOver(socket);
      if (answered) {
        // Programs close after they have written: the FIN comes in a segment of its own.
        clock.after(0, socket::shutdownOutput);
      } else if (tls.failure() != null && !served) {
        trouble.accept(String.valueOf(tls.failure().getMessage()));
        socket.close();
      }
    }
  }
}
