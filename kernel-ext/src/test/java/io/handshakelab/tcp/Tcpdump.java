package io.handshakelab.tcp;

import io.handshakelab.capture.CaptureFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * tcpdump on the loopback interface, writing to a file. Its buffer is large: that of libpcap's own
 * choice holds 16 packets of the loopback interface, and a busy machine may send more before
 * tcpdump's turn comes.
 */
public final class Tcpdump implements AutoCloseable {
  private final Process process;
  private final Path file;

  /** Only the loopback interface sees markers. */
  private final @Nullable TcpdumpMarker marker;

  private Tcpdump(Process process, Path file, @Nullable TcpdumpMarker marker) {
    this.process = process;
    this.file = file;
    this.marker = marker;
  }

  /** Returns when it listens. */
  public static Tcpdump start(Path file, String filter) throws IOException {
    TcpdumpMarker marker = new TcpdumpMarker();
    return start(file, "lo", "(" + filter + ") or " + marker.filter(), marker);
  }

  /** The same on another interface. */
  static Tcpdump start(Path file, String device, String filter) throws IOException {
    return start(file, device, filter, null);
  }

  private static Tcpdump start(
      Path file, String device, String filter, @Nullable TcpdumpMarker marker) throws IOException {
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
        return new Tcpdump(process, file, marker);
      }
    }
    throw new AssertionError("tcpdump may not capture here: " + all);
  }

  /** Waits until the file holds that much, and then until nothing more has come for a while. */
  public void await(Predicate<TcpAnalysis> enough) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (Files.size(file) < 24 || !enough.test(TcpAnalysis.of(CaptureFiles.read(file)))) {
      pause(50, deadline);
    }
    settle();
  }

  /** Waits until tcpdump has written all, and nothing more has come for a while. */
  public void settle() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    int size = -1;
    for (int now = written(deadline); now != size; now = written(deadline)) {
      size = now;
      pause(300, deadline);
    }
  }

  /** How much there is when all that was sent until now is there. */
  private int written(long deadline) throws IOException, InterruptedException {
    if (marker == null) {
      return (int) Files.size(file);
    }
    String last = marker.send();
    while (!Files.readString(file, StandardCharsets.ISO_8859_1).contains(last)) {
      pause(5, deadline);
    }
    return marker.others(file);
  }

  private void pause(int milliseconds, long deadline) throws InterruptedException {
    if (System.nanoTime() > deadline || !process.isAlive()) {
      throw new AssertionError("tcpdump did not see all of it");
    }
    Thread.sleep(milliseconds);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      if (marker != null) {
        marker.close();
        marker.removeFrom(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
