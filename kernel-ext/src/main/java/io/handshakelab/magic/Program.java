package io.handshakelab.magic;

import io.handshakelab.problem.Problem;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Another program, run to its end within a deadline and with bounded output. */
final class Program {
  private static final int MOST = 1 << 20;

  private Program() {}

  /** What it wrote and how it ended. */
  record Result(int exit, String out, String err) {}

  static Optional<Path> find(String name) {
    String path = System.getenv("PATH");
    for (String folder : (path == null ? "" : path).split(File.pathSeparator, -1)) {
      Path candidate = folder.isEmpty() ? null : Session.file(folder);
      if (candidate != null && Files.isExecutable(candidate.resolve(name))) {
        return Optional.of(candidate.resolve(name));
      }
    }
    return Optional.empty();
  }

  static Result run(List<String> command, @Nullable Path folder, String input, Duration deadline)
      throws InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    if (folder != null) {
      builder.directory(folder.toFile());
    }
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new Problem(command.get(0) + " cannot be started", "is it installed?", e);
    }
    try {
      Reader out = Reader.of(process.getInputStream(), "program-out");
      Reader err = Reader.of(process.getErrorStream(), "program-err");
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It has ended without reading all of its input: what it wrote says why.
      }
      if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Problem(
            command.get(0) + " did not end within " + deadline.toSeconds() + " s",
            "give it more time with --timeout");
      }
      return new Result(process.exitValue(), out.text(), err.text());
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Empties a stream, so that the program never waits, and keeps its first mebibyte. */
  private static final class Reader implements Runnable {
    private final InputStream stream;
    private byte[] kept = new byte[0];
    private boolean more;
    private @Nullable Thread thread;

    private Reader(InputStream stream) {
      this.stream = stream;
    }

    static Reader of(InputStream stream, String name) {
      Reader reader = new Reader(stream);
      Thread thread = new Thread(reader, name);
      thread.setDaemon(true);
      reader.thread = thread;
      thread.start();
      return reader;
    }

    @Override
    public void run() {
      try (stream) {
        kept = stream.readNBytes(MOST);
        byte[] rest = new byte[8192];
        while (stream.read(rest) >= 0) {
          more = true;
        }
      } catch (IOException e) {
        more = true;
      }
    }

    private String text() throws InterruptedException {
      Thread reading = thread;
      if (reading != null) {
        // A grandchild may hold the pipe open: what is there by then is enough.
        reading.join(2_000);
      }
      return new String(kept, StandardCharsets.UTF_8) + (more ? "\n… (more was left out)" : "");
    }
  }
}
