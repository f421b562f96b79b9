package io.handshakelab.lab;

import io.handshakelab.capture.WallClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Two sockets whose streams are passed on to each other and noted: the end of one direction is
 * passed on as such, a reset as a reset.
 */
final class RelayedConnection {
  private static final int CHUNK = 16 * 1024;

  private final Socket client;
  private final Socket server;
  private final TapedConnection taped;
  private final AtomicBoolean clientEnded = new AtomicBoolean();
  private final AtomicBoolean broken = new AtomicBoolean();

  RelayedConnection(Socket client, Socket server, TapedConnection taped) {
    this.client = client;
    this.server = server;
    this.taped = taped;
  }

  /** Passes on {@code first} and then all that comes, until both directions have ended. */
  void run(byte[] first, Executor executor) {
    CountDownLatch answered = new CountDownLatch(1);
    executor.execute(
        () -> {
          try {
            serverToClient();
          } finally {
            answered.countDown();
          }
        });
    clientToServer(first);
    try {
      answered.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void clientToServer(byte[] first) {
    byte[] buffer = new byte[CHUNK];
    try {
      if (first.length > 0) {
        send(first, first.length);
      }
      InputStream in = client.getInputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (!send(buffer, read)) {
          return;
        }
      }
      leave();
    } catch (IOException e) {
      breakOff(true, server);
    }
  }

  /** False if the server takes no more: then the other direction learns why. */
  private boolean send(byte[] buffer, int length) {
    long time = WallClock.nanos();
    try {
      OutputStream out = server.getOutputStream();
      out.write(buffer, 0, length);
    } catch (IOException e) {
      return false;
    }
    taped.data(true, buffer, length, time, WallClock.nanos());
    return true;
  }

  private void serverToClient() {
    byte[] buffer = new byte[CHUNK];
    try {
      InputStream in = server.getInputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        long time = WallClock.nanos();
        taped.data(false, buffer, read, time, time);
        if (!receive(buffer, read)) {
          return;
        }
      }
      taped.end(false, WallClock.nanos());
      client.shutdownOutput();
    } catch (IOException e) {
      breakOff(false, client);
    }
  }

  private boolean receive(byte[] buffer, int length) {
    try {
      client.getOutputStream().write(buffer, 0, length);
      return true;
    } catch (IOException e) {
      breakOff(true, server);
      return false;
    }
  }

  /** The client sends no more. */
  void leave() {
    if (clientEnded.compareAndSet(false, true)) {
      long time = WallClock.nanos();
      try {
        server.shutdownOutput();
        taped.end(true, time);
      } catch (IOException e) {
        // The server has broken off already, which the other direction notes.
      }
    }
  }

  /** One end is gone without a proper end: the other one learns it by a reset (RFC 9293 §3.5.2). */
  private void breakOff(boolean byClient, Socket other) {
    if (broken.compareAndSet(false, true)) {
      taped.reset(byClient, WallClock.nanos());
      try {
        other.setSoLinger(true, 0);
      } catch (IOException e) {
        // It is closed already.
      }
      close(client);
      close(server);
    }
  }

  /** Closes both sockets; nothing more is noted. */
  void abandon() {
    broken.set(true);
    close(client);
    close(server);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It was to be closed in any case.
    }
  }
}
