package io.handshakelab.x509;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The Python environment that {@code ./lab test} sets up, an oracle from outside. */
final class TestPython {
  private TestPython() {}

  /** Runs a script; anything but success fails the test. */
  static List<String> run(Path directory, String script) throws Exception {
    Path file = directory.resolve("script.py");
    Files.writeString(file, script);
    Path output = Files.createTempFile(directory, "python", ".out");
    Process process;
    try {
      process =
          new ProcessBuilder(prefix().resolve("bin/python").toString(), file.toString())
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      throw new AssertionError(missing(), e);
    }
    process.getOutputStream().close();
    if (!process.waitFor(200, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("Python did not end within 200 s:\n" + script);
    }
    String text = Files.readString(output, StandardCharsets.UTF_8);
    if (process.exitValue() != 0) {
      throw new AssertionError(text + "\nafter\n" + script);
    }
    return text.lines().toList();
  }

  /** A directory of an installed package. */
  static Path packageDirectory(String name) throws IOException {
    Path lib = prefix().resolve("lib");
    if (Files.isDirectory(lib)) {
      try (Stream<Path> versions = Files.list(lib)) {
        for (Path version : versions.toList()) {
          Path found = version.resolve("site-packages").resolve(name);
          if (Files.isDirectory(found)) {
            return found;
          }
        }
      }
    }
    throw new AssertionError(missing() + " (no " + name + " in " + lib + ")");
  }

  private static Path prefix() {
    String given = System.getenv("HANDSHAKELAB_PREFIX");
    return given == null || given.isEmpty()
        ? Path.of("..", ".venv").toAbsolutePath().normalize()
        : Path.of(given);
  }

  private static String missing() {
    return "the Python environment of the tests is missing: ./lab test java sets it up";
  }
}
