package io.handshakelab.lab;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.SocketReading;
import io.handshakelab.capture.SocketSampler;
import io.handshakelab.capture.SocketTable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Reads the states of sockets from the operating system while a recording runs. */
final class SocketWatch implements AutoCloseable {
  private static final int AFTERMATH_TRIES = 200;
  private static final long PAUSE_MILLIS = 5;

  private final SocketSampler sampler = SocketSampler.start();
  private final Set<Integer> ports = ConcurrentHashMap.newKeySet();

  /** Watches the sockets with this port at either end. */
  void port(int port) {
    ports.add(port);
    sampler.watch(port);
  }

  /** Adds what was read, the states after the last segment among it. */
  void writeTo(Capture.Builder capture) {
    try {
      for (int i = 0; i < AFTERMATH_TRIES && !isUpToDate(); i++) {
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sampler.finish().forEach(capture::reading);
  }

  private boolean isUpToDate() {
    if (!SocketTable.available() || ports.isEmpty()) {
      return true;
    }
    List<SocketReading> readings = sampler.readings();
    return SocketTable.read().stream()
        .filter(e -> ports.contains(e.local().getPort()) || ports.contains(e.remote().getPort()))
        .allMatch(entry -> isLast(entry, readings));
  }

  /** Whether this is the state that was read last for that socket. */
  private static boolean isLast(SocketTable.Entry entry, List<SocketReading> readings) {
    for (int i = readings.size() - 1; i >= 0; i--) {
      SocketReading reading = readings.get(i);
      if (reading.local().equals(entry.local()) && reading.remote().equals(entry.remote())) {
        return reading.state().equals(entry.state());
      }
    }
    return false;
  }

  @Override
  public void close() {
    sampler.close();
  }
}
