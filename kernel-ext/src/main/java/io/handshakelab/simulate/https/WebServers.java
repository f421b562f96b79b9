package io.handshakelab.simulate.https;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.simulate.TcpHandler;
import io.handshakelab.simulate.TcpSocket;
import io.handshakelab.simulate.VirtualClock;
import java.time.Instant;

/** The two web servers of a simulated visit. Both leave it to the client to close first. */
final class WebServers {
  private WebServers() {}

  static Instant now(VirtualClock clock) {
    return Instant.ofEpochSecond(0, clock.nanos());
  }

  /** Sends everybody to HTTPS. */
  static final class Redirecting implements TcpHandler {
    private final VirtualClock clock;
    private final Http.Ear ear = new Http.Ear();

    Redirecting(VirtualClock clock) {
      this.clock = clock;
    }

    @Override
    public void data(TcpSocket socket, Bytes octets) {
      ear.hear(octets.toArray());
      while (ear.message() != null) {
        socket.write(Http.bytes(Http.redirect(now(clock))));
      }
    }

    @Override
    public void peerClosed(TcpSocket socket) {
      socket.close();
    }
  }

  /** Shows a page, over TLS. */
  static final class Secure implements TcpHandler {
    private final VirtualClock clock;
    private final TlsEnd tls;
    private final Http.Ear ear = new Http.Ear();

    Secure(VirtualClock clock, TlsEnd tls) {
      this.clock = clock;
      this.tls = tls;
    }

    @Override
    public void data(TcpSocket socket, Bytes octets) {
      ear.hear(tls.received(octets.toArray()));
      while (ear.message() != null) {
        tls.write(Http.bytes(Http.page(now(clock))).toArray());
      }
      tls.sendOver(socket);
    }

    @Override
    public void peerClosed(TcpSocket socket) {
      socket.close();
    }
  }
}
