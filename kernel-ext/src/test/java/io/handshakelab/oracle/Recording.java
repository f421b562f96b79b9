package io.handshakelab.oracle;

import io.handshakelab.capture.Tools;
import io.handshakelab.tcp.Tcpdump;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * tcpdump on loopback addresses that nobody else has: the block 127.0.0.0/8 is wide, and so servers
 * can have the ports that tshark expects of them.
 */
final class Recording implements AutoCloseable {
  private final Path directory;
  private final String block;
  private final Tcpdump tcpdump;
  private int hosts;

  private final Path kept;

  /** The directory is the test's own; what was recorded stays under {@code target} as well. */
  Recording(Path directory, Class<?> test) throws IOException {
    this.directory = directory;
    this.kept = Path.of("target", "recorded", test.getSimpleName());
    ThreadLocalRandom random = ThreadLocalRandom.current();
    this.block = "127." + random.nextInt(10, 250) + "." + random.nextInt(250) + ".";
    Files.writeString(keyLog(), "");
    this.tcpdump = Tcpdump.start(file(), "net " + block + "0/24");
  }

  Path directory() {
    return directory;
  }

  Path file() {
    return directory.resolve("recorded.pcap");
  }

  Path keyLog() {
    return directory.resolve("keys.txt");
  }

  /** An address that had no server yet. */
  synchronized String newAddress() {
    hosts++;
    return block + hosts;
  }

  /** A key and a certificate for it, signed by itself: NAME.key and NAME.crt. */
  void certificate(String name, String... kind) {
    Tools.run(
        "openssl",
        "req",
        "-x509",
        "-nodes",
        "-newkey",
        kind[0],
        kind.length > 1 ? "-pkeyopt" : "-batch",
        kind.length > 1 ? kind[1] : "-sha256",
        "-keyout",
        path(name + ".key"),
        "-out",
        path(name + ".crt"),
        "-days",
        "2",
        "-subj",
        "/CN=www.lab.test");
  }

  /** DSA takes its parameters from a step of its own. */
  void dsaCertificate(String name) {
    String key = path(name + ".key");
    Tools.run("openssl", "dsaparam", "-noout", "-genkey", "-out", key, "1024");
    Tools.run(
        "openssl",
        "req",
        "-x509",
        "-new",
        "-key",
        key,
        "-out",
        path(name + ".crt"),
        "-days",
        "2",
        "-subj",
        "/CN=www.lab.test");
  }

  String path(String name) {
    return directory.resolve(name).toString();
  }

  /** Waits until tcpdump has written what it has seen, and ends it. */
  @Override
  public void close() throws IOException {
    try {
      tcpdump.settle();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      tcpdump.close();
      Files.createDirectories(kept);
      for (Path one : new Path[] {file(), keyLog()}) {
        Files.copy(one, kept.resolve(one.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
