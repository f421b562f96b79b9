package io.handshakelab.tcp;

import io.handshakelab.capture.CaptureFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** tcpdump on the loopback interface, writing to a file. */
public final class Tcpdump implements AutoCloseable {
  private final Process process;
  private final Path file;

  private Tcpdump(Process process, Path file) {
    this.process = process;
    this.file = file;
  }

  /** Returns when it listens. */
  public static Tcpdump start(Path file, String filter) throws IOException {
    return start(file, "lo", filter);
  }

  /** The same on another interface. */
  static Tcpdump start(Path file, String device, String filter) throws IOException {
    Process process;
    try {
      process =
          new ProcessBuilder(
                  "tcpdump",
                  "-i",
                  device,
                  "-n",
                  "-U",
                  "--immediate-mode",
                  "-B",
                  "65536",
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

  /** Waits until the file holds that much, and then until nothing more has come for a while. */
  public void await(Predicate<TcpAnalysis> enough) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (Files.size(file) < 24 || !enough.test(TcpAnalysis.of(CaptureFiles.read(file)))) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("tcpdump did not see all of it");
      }
      Thread.sleep(50);
    }
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
