package io.handshakelab.capture;

import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The TCP sockets of this machine as the system tells them in {@code /proc/net/tcp} and {@code
 * /proc/net/tcp6} (proc(5)); elsewhere there is no such thing.
 */
public final class SocketTable {
  private static final Path IPV4 = Path.of("/proc/net/tcp");
  private static final Path IPV6 = Path.of("/proc/net/tcp6");

  private SocketTable() {}

  /**
   * One TCP socket.
   *
   * @param remote port 0 while listening
   * @param state the RFC 9293 name, such as {@code SYN-RCVD}
   */
  public record Entry(InetSocketAddress local, InetSocketAddress remote, String state) {}

  /** Whether this system tells its sockets. */
  public static boolean available() {
    return Files.isReadable(IPV4);
  }

  /**
   * All of them, at this moment.
   *
   * @throws Problem if this system does not tell them
   */
  public static List<Entry> read() {
    List<Entry> entries = new ArrayList<>();
    try {
      for (Path file : files()) {
        try (SocketTableFile table = new SocketTableFile(file)) {
          table.read(line -> entries.add(line.entry()));
        }
      }
      return entries;
    } catch (IOException e) {
      throw new Problem(
          "cannot read the socket table of this system: " + e.getMessage(),
          "Go on without: states are then inferred from the packets only.",
          e);
    }
  }

  static List<Path> files() {
    return Files.isReadable(IPV6) ? List.of(IPV4, IPV6) : List.of(IPV4);
  }
}
