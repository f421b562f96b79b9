package io.handshakelab.simulate.https;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.simulate.Host;
import io.handshakelab.simulate.Timer;
import io.handshakelab.simulate.UdpSocket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stub resolver: UDP loses, so it asks again, after two seconds (RFC 1035 §4.2.1 has two to five)
 * and then after four, and then every eight.
 */
final class NameLookup {
  private static final long FIRST_WAIT_NANOS = 2_000_000_000L;
  private static final int MOST_DOUBLINGS = 2;
  private static final int MOST_QUESTIONS = 10;

  private final Host host;
  private final Endpoint nameServer;
  private final int id;
  private final Bytes question;
  private final Consumer<Bytes> found;
  private final Runnable notFound;
  private final UdpSocket socket;
  private int asked;
  private @Nullable Timer patience;
  private boolean done;

  /**
   * @param port where the answer is to go
   * @param id of the question, and of its answer
   * @param found is given the address
   */
  NameLookup(
      Host host, int port, int id, Endpoint nameServer, Consumer<Bytes> found, Runnable notFound) {
    this.host = host;
    this.nameServer = nameServer;
    this.id = id;
    this.question = Dns.query(id, Http.HOST);
    this.found = found;
    this.notFound = notFound;
    this.socket = host.datagrams(port, (own, from, payload) -> received(payload));
  }

  void ask() {
    if (asked == MOST_QUESTIONS) {
      done = true;
      notFound.run();
      return;
    }
    socket.send(nameServer, question);
    patience = host.clock().after(FIRST_WAIT_NANOS << Math.min(asked, MOST_DOUBLINGS), this::ask);
    asked++;
  }

  private void received(Bytes payload) {
    Bytes address = Dns.address(payload, id);
    if (done || address == null) {
      return;
    }
    done = true;
    if (patience != null) {
      patience.cancel();
    }
    found.accept(address);
  }
}
