package io.handshakelab.lab;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The local TCP ports that this process has open, such as those on which a notebook talks to its
 * kernel: {@code /proc/self/fd} names the sockets, {@code /proc/net/tcp} their ports (proc(5)).
 */
final class OwnPorts {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));
  private static final int LOCAL_ADDRESS = 1;
  private static final int INODE = 9;

  private OwnPorts() {}

  /** Empty where the system does not tell. */
  static Set<Integer> read() {
    Set<Integer> ports = new TreeSet<>();
    try {
      Set<String> inodes = inodes();
      for (Path table : TABLES) {
        if (Files.isReadable(table)) {
          Files.readAllLines(table).forEach(line -> add(line, inodes, ports));
        }
      }
    } catch (IOException e) {
      // Then nothing is known, and nothing left out.
    }
    return ports;
  }

  private static void add(String line, Set<String> inodes, Set<Integer> ports) {
    String[] columns = line.strip().split("\\s+", -1);
    if (columns.length > INODE && inodes.contains(columns[INODE])) {
      String local = columns[LOCAL_ADDRESS];
      ports.add(Integer.parseInt(local.substring(local.lastIndexOf(':') + 1), 16));
    }
  }

  private static Set<String> inodes() throws IOException {
    Set<String> inodes = new HashSet<>();
    try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : open) {
        try {
          String target = Files.readSymbolicLink(descriptor).toString();
          if (target.startsWith("socket:[")) {
            inodes.add(target.substring(8, target.length() - 1));
          }
        } catch (IOException e) {
          // Closed in the meantime.
        }
      }
    }
    return inodes;
  }
}
