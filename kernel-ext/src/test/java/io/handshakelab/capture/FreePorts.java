package io.handshakelab.capture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * Ports for servers that are started later. They lie below those which the kernel gives to clients
 * (32768 to 60999 on Linux): else somebody else's connection could have the port by then, and be in
 * the capture of a test.
 */
public final class FreePorts {
  private static final int FIRST = 10_000;
  private static final int END = 32_768;
  private static final Set<Integer> TAKEN = new HashSet<>();
  private static final Random RANDOM = new Random();

  private FreePorts() {}

  /** A port on which nobody listens now; no other call in this process gets it. */
  public static synchronized int take() {
    for (int attempt = 0; attempt < END - FIRST; attempt++) {
      int port = FIRST + RANDOM.nextInt(END - FIRST);
      if (isFree(port) && TAKEN.add(port)) {
        return port;
      }
    }
    throw new AssertionError("no port is free");
  }

  private static boolean isFree(int port) {
    try {
      new ServerSocket(port).close();
      return true;
    } catch (BindException inUse) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
