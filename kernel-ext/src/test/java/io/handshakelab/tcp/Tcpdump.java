package io.handshakelab.tcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** tcpdump on the loopback interface, writing to a file. */
final class Tcpdump implements AutoCloseable {
  private final Process process;
  private final Path file;

  private Tcpdump(Process process, Path file) {
    this.process = process;
    this.file = file;
  }

  /** Returns when it listens. */
  static Tcpdump start(Path file, String filter) throws IOException {
    Process process;
    try {
      process =
          new ProcessBuilder(
                  "tcpdump",
                  "-i",
                  "lo",
                  "-n",
                  "-U",
                  "--immediate-mode",
                  "-w",
                  file.toString(),
                  filter)
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new AssertionError("tcpdump is missing: install it to run this test", e);
    }
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder all = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      all.append(line).append('\n');
      if (line.contains("listening on")) {
        return new Tcpdump(process, file);
      }
    }
    throw new AssertionError("tcpdump may not capture here: " + all);
  }

  /** Waits until the file has at least this size. */
  void awaitBytes(long size) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + 5_000_000_000L;
    while (Files.size(file) < size && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
  }

  /** Waits until nothing has come for a while. */
  void awaitQuiet() throws IOException, InterruptedException {
    long size = -1;
    while (Files.size(file) != size) {
      size = Files.size(file);
      Thread.sleep(300);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
