package io.handshakelab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that judge from outside; one that is missing fails the test. */
final class Tools {
  private Tools() {}

  /** What a program prints on both outputs, line by line; it must come to an end. */
  static List<String> run(String... command) throws IOException, InterruptedException {
    return run(0, command);
  }

  /**
   * tshark on a file with the lab's connections. They have ports of the system's choice: that one
   * of these belongs to another protocol in tshark's list is not to matter.
   */
  static List<String> tshark(Path file, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("tshark", "-r", file.toString()));
    command.addAll(List.of("-o", "tcp.try_heuristic_first:TRUE"));
    command.addAll(List.of("-o", "udp.try_heuristic_first:TRUE"));
    command.addAll(arguments);
    return run(command.toArray(String[]::new));
  }

  static List<String> run(int expectedStatus, String... command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("tool", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(200, TimeUnit.SECONDS);
      process.destroyForcibly();
      String text = Files.readString(output, StandardCharsets.ISO_8859_1);
      assertThat(ended).as("%s ends: %s", command[0], text).isTrue();
      assertThat(process.exitValue()).as(text).isEqualTo(expectedStatus);
      return text.lines().filter(line -> !line.contains("Running as user \"root\"")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(command[0] + " is needed by this test: install it", e);
    } finally {
      Files.deleteIfExists(output);
    }
  }
}
