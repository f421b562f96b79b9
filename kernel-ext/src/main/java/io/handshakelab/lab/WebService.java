package io.handshakelab.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Accepts connections on one loopback port and hands each to a thread of a small pool. Every
 * connection has a deadline for each read and one for its whole life.
 */
final class WebService implements AutoCloseable {
  /** What happens on an accepted connection. */
  interface Conversation {
    void hold(Socket socket) throws IOException;
  }

  private static final int THREADS = 16;
  private static final int READ_TIMEOUT_MILLIS = 10_000;
  private static final long LIFE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final ServerSocket server;
  private final Conversation conversation;
  private final ThreadPoolExecutor pool;
  private final Thread acceptor;
  private final Set<Guest> open = ConcurrentHashMap.newKeySet();

  private record Guest(Socket socket, long until) {}

  WebService(String name, InetAddress address, int port, Conversation conversation)
      throws IOException {
    this.conversation = conversation;
    this.server = new ServerSocket();
    server.setReuseAddress(true);
    try {
      server.bind(new InetSocketAddress(address, port), 64);
    } catch (IOException e) {
      server.close();
      throw e;
    }
    this.pool =
        new ThreadPoolExecutor(
            0, THREADS, 2, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> daemon(name, work));
    this.acceptor = daemon(name + "-accept", this::accept);
    acceptor.start();
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Guest guest = new Guest(server.accept(), System.nanoTime() + LIFE_NANOS);
        sendHomeTheLate();
        try {
          pool.execute(() -> serve(guest));
        } catch (RejectedExecutionException e) {
          quietly(guest.socket());
        }
      } catch (IOException e) {
        // A closed server ends the loop; anything else concerns this one connection.
      }
    }
  }

  private void serve(Guest guest) {
    open.add(guest);
    try (Socket socket = guest.socket()) {
      socket.setSoTimeout(READ_TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      if (!server.isClosed()) {
        conversation.hold(socket);
      }
    } catch (IOException e) {
      // The client went away or was too slow: nothing is left to be done for it.
    } finally {
      open.remove(guest);
    }
  }

  private void sendHomeTheLate() {
    long now = System.nanoTime();
    open.stream().filter(g -> g.until() - now < 0).forEach(g -> quietly(g.socket()));
  }

  private static void quietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It was to be closed in any case.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      // The port is given back when the process ends.
    }
    open.forEach(guest -> quietly(guest.socket()));
    pool.shutdownNow();
    try {
      // The port is free only when nobody waits on it any more.
      acceptor.join(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
