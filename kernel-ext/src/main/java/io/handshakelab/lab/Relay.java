package io.handshakelab.lab;

import io.handshakelab.capture.WallClock;
import io.handshakelab.packet.Endpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * A proxy on loopback that records what goes through it on a {@link Tape}. It speaks SOCKS5 (RFC
 * 1928), HTTP CONNECT (RFC 9110 §9.3.6) and plain HTTP proxying (RFC 9112 §3.2.2), told apart by
 * the first byte. Needs no privilege.
 */
final class Relay implements AutoCloseable {
  /** How a name that a client asks for becomes an address. */
  interface Names {
    InetAddress resolve(String host) throws IOException;
  }

  private static final int MAX_THREADS = 128;
  private static final int GRACE_MILLIS = 500;
  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

  private final Tape tape;
  private final Names names;
  private final IntConsumer ports;
  private final ServerSocket server;
  private final ThreadPoolExecutor pool;
  private final Set<RelayedConnection> open = ConcurrentHashMap.newKeySet();

  /**
   * @param ports is told the local port of each outgoing connection before it is opened
   */
  Relay(Tape tape, Names names, IntConsumer ports) throws IOException {
    this.tape = tape;
    this.names = names;
    this.ports = ports;
    this.server = new ServerSocket(0, 64, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    this.pool =
        new ThreadPoolExecutor(
            0, MAX_THREADS, 2, TimeUnit.SECONDS, new SynchronousQueue<>(), Relay::daemon);
    daemon(this::accept).start();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    return thread;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        client.setTcpNoDelay(true);
        try {
          pool.execute(() -> serve(client));
        } catch (RejectedExecutionException e) {
          client.close();
        }
      } catch (IOException e) {
        // A closed server ends the loop; anything else concerns this one connection.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setSoTimeout(CONNECT_TIMEOUT_MILLIS);
      ProxyRequest request = ProxyRequest.read(client);
      try (Socket target = new Socket(Proxy.NO_PROXY)) {
        TapedConnection taped;
        try {
          taped = connect(target, request);
        } catch (IOException e) {
          request.refuse(client, e);
          return;
        }
        request.accept(client);
        client.setSoTimeout(0);
        RelayedConnection relayed = new RelayedConnection(client, target, taped);
        open.add(relayed);
        try {
          relayed.run(request.first().toArray(), pool);
        } finally {
          open.remove(relayed);
        }
      }
    } catch (IOException | RejectedExecutionException e) {
      // The client is gone, speaks no protocol that is known here, or is one too many.
    }
  }

  private TapedConnection connect(Socket target, ProxyRequest request) throws IOException {
    InetSocketAddress to = new InetSocketAddress(names.resolve(request.host()), request.port());
    target.setTcpNoDelay(true);
    target.bind(new InetSocketAddress(0));
    int localPort = target.getLocalPort();
    ports.accept(localPort);
    long begun = WallClock.nanos();
    TapedConnection taped = tape.connection(begun);
    try {
      target.connect(to, CONNECT_TIMEOUT_MILLIS);
    } catch (IOException e) {
      long failed = WallClock.nanos();
      InetSocketAddress from = new InetSocketAddress(localAddressTowards(to), localPort);
      taped.between(Endpoint.of(from), Endpoint.of(to));
      if (e instanceof ConnectException) {
        taped.refused(failed);
      }
      throw e;
    }
    long established = WallClock.nanos();
    taped.between(Endpoint.of((InetSocketAddress) target.getLocalSocketAddress()), Endpoint.of(to));
    taped.established(established);
    return taped;
  }

  /** The address from which this host would reach another; no datagram is sent for it. */
  private static InetAddress localAddressTowards(InetSocketAddress to) throws IOException {
    try (DatagramSocket probe = new DatagramSocket()) {
      probe.connect(to);
      return probe.getLocalAddress();
    }
  }

  /** Ends what is still open, giving each server a moment to say its last. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      // The port is given back when the process ends.
    }
    open.forEach(RelayedConnection::leave);
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
    pool.shutdown();
    try {
      while (!open.isEmpty() && System.nanoTime() - until < 0) {
        if (pool.awaitTermination(5, TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    open.forEach(RelayedConnection::abandon);
    pool.shutdownNow();
  }
}
