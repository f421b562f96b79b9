package io.handshakelab.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads the system's socket table over and over while something is going on, and keeps each state
 * of the watched sockets when it is first read. What lasts shorter than a reading may be missed.
 */
public final class SocketSampler implements AutoCloseable {
  private static final long PAUSE_NANOS = 250_000;
  private static final int MAX_READINGS = 20_000;

  /**
   * To read a file takes milliseconds, however little is in it, since the system goes through its
   * whole table of sockets. One without any of the watched sockets (those of IPv4, or of IPv6) is
   * read only every so many rounds while the other has some.
   */
  private static final int ROUNDS_OF_OTHER_FILE = 4;

  /** A socket on its way from one of the kernel's tables to another may be missed once. */
  private static final int MISSES_UNTIL_GONE = 3;

  private final Set<Integer> ports = ConcurrentHashMap.newKeySet();
  private final Map<String, Watched> sockets = new HashMap<>();
  private final List<SocketReading> readings = new ArrayList<>();
  private final long endNanos;
  private final Thread thread;
  private volatile boolean stopped;
  private int round;

  /** By file: whether it had any of the watched sockets when it was last read. */
  private final List<Boolean> inUse = new ArrayList<>();

  private boolean found;

  private SocketSampler(Duration limit) {
    endNanos = System.nanoTime() + limit.toNanos();
    thread = new Thread(this::run, "handshake-lab-sockets");
    thread.setDaemon(true);
  }

  /**
   * Begins to read, for at most five minutes. On a system without a socket table nothing is read.
   */
  public static SocketSampler start() {
    return start(Duration.ofMinutes(5));
  }

  /** Begins to read, for at most so long. */
  public static SocketSampler start(Duration limit) {
    SocketSampler sampler = new SocketSampler(limit);
    if (SocketTable.available()) {
      sampler.thread.start();
    }
    return sampler;
  }

  /** From now on, sockets with this port at either end are read. */
  public void watch(int port) {
    ports.add(port);
    LockSupport.unpark(thread);
  }

  /** What was read so far, in the order of time. */
  public List<SocketReading> readings() {
    synchronized (readings) {
      return List.copyOf(readings);
    }
  }

  /** Stops, and gives what was read. */
  public List<SocketReading> finish() {
    close();
    return readings();
  }

  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    try {
      thread.join(1000);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<SocketTableFile> files = new ArrayList<>();
    try {
      for (Path file : SocketTable.files()) {
        files.add(new SocketTableFile(file));
        inUse.add(false);
      }
      while (!stopped && System.nanoTime() < endNanos && readings.size() < MAX_READINGS) {
        long took = ports.isEmpty() ? 0 : scan(files);
        // A large table takes long to read: leave the processor to others for as long.
        LockSupport.parkNanos(Math.max(PAUSE_NANOS, took));
      }
    } catch (IOException e) {
      // The table cannot be read here any more: what was read stays.
    } finally {
      files.forEach(SocketSampler::closeQuietly);
    }
  }

  private long scan(List<SocketTableFile> files) throws IOException {
    long began = System.nanoTime();
    round++;
    boolean anywhere = inUse.contains(true);
    for (int i = 0; i < files.size(); i++) {
      if (anywhere && !inUse.get(i) && round % ROUNDS_OF_OTHER_FILE != 0) {
        continue;
      }
      long from = WallClock.nanos();
      List<SocketTable.Entry> changes = new ArrayList<>();
      found = false;
      files.get(i).read(line -> look(line, changes));
      inUse.set(i, found);
      long until = WallClock.nanos();
      synchronized (readings) {
        for (SocketTable.Entry entry : changes) {
          readings.add(
              new SocketReading(from, until, entry.local(), entry.remote(), entry.state()));
        }
      }
    }
    sockets.values().removeIf(socket -> round - socket.round >= MISSES_UNTIL_GONE);
    return System.nanoTime() - began;
  }

  private void look(SocketLine line, List<SocketTable.Entry> changes) {
    if (!ports.contains(line.localPort()) && !ports.contains(line.remotePort())) {
      return;
    }
    found = true;
    Watched socket = sockets.computeIfAbsent(line.key(), key -> new Watched());
    socket.round = round;
    if (!socket.state.equals(line.state())) {
      socket.state = line.state();
      changes.add(line.entry());
    }
  }

  private static void closeQuietly(SocketTableFile file) {
    try {
      file.close();
    } catch (IOException e) {
      // It was only read.
    }
  }

  /** One socket: its state, and the round in which it was last read. */
  private static final class Watched {
    private String state = "";
    private int round;
  }
}
