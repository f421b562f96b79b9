package io.handshakelab.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the {@code openssl} program, an oracle from outside. */
public final class Openssl {
  private Openssl() {}

  /** What it prints, on both channels; a missing program fails the test. */
  public static Result run(Path directory, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(directory, "openssl", ".out");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      throw new AssertionError("openssl is missing: install it (apt-get install openssl)", e);
    }
    process.getOutputStream().close();
    if (!process.waitFor(200, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("openssl did not end within 200 s: " + command);
    }
    return new Result(process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
  }

  public record Result(int status, String output) {}
}
