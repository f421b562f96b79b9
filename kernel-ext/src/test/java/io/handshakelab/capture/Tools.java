package io.handshakelab.capture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the programs that the tests compare with. A missing one fails the test. */
public final class Tools {
  private static final long DEADLINE_SECONDS = 200;

  private Tools() {}

  /** What the program prints; it must end with status 0. */
  public static String run(String... command) {
    Result result = tryToRun(command);
    if (result.status() != 0) {
      throw new AssertionError(
          String.join(" ", command) + " ended with " + result.status() + ": " + result.err());
    }
    return result.out();
  }

  /** What the program prints, by lines. */
  public static List<String> lines(String... command) {
    return run(command).lines().toList();
  }

  /** How a program ended, and what it printed. */
  public record Result(int status, String out, String err) {}

  public static Result tryToRun(String... command) {
    try {
      Path out = Files.createTempFile("tool-", ".out");
      Path err = Files.createTempFile("tool-", ".err");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError(String.join(" ", command) + " does not come to an end");
        }
        return new Result(
            process.exitValue(),
            Files.readString(out, StandardCharsets.UTF_8),
            Files.readString(err, StandardCharsets.UTF_8));
      } finally {
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "this test needs the program " + command[0] + " (see CONTRIBUTING.md)", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
