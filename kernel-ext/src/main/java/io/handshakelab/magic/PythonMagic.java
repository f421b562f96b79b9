package io.handshakelab.magic;

import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    description =
        "Runs the cell in Python; issuer.pem and subject.pem of the last link verified lie beside it.")
final class PythonMagic extends Magic {
  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "When to give up (default: 60 s).")
  private Duration timeout = Duration.ofSeconds(60);

  @Override
  Answer run() throws InterruptedException {
    String code = cell();
    if (code == null || code.isBlank()) {
      throw new Problem("there is no Python to run", "write it below a line with %%python");
    }
    Path folder = null;
    try {
      folder = Files.createTempDirectory("handshake-lab-python");
      for (Map.Entry<String, String> file : session().pemFiles().entrySet()) {
        Path pem = folder.resolve(file.getKey());
        Path parent = pem.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.writeString(pem, file.getValue(), StandardCharsets.US_ASCII);
      }
      return run(code, folder);
    } catch (IOException e) {
      throw new Problem(
          "the files for Python cannot be written", "is there room in the temporary folder?", e);
    } finally {
      delete(folder);
    }
  }

  private Answer run(String code, Path folder) throws InterruptedException {
    Program.Result result =
        Program.run(List.of(interpreter(), "-X", "utf8", "-c", code), folder, "", timeout);
    String shown = result.out().stripTrailing();
    String errors = result.err().stripTrailing();
    String all = shown.isEmpty() ? errors : errors.isEmpty() ? shown : shown + "\n" + errors;
    Answer answer = Answer.of(all.isEmpty() ? null : new Text(all));
    if (result.exit() == 0) {
      return answer;
    }
    String last = errors.lines().reduce((a, b) -> b).orElse("it ended with " + result.exit());
    return answer.with(
        new Problem("Python: " + last, "the lines above say where; Python is " + interpreter()));
  }

  /** The environment's Python: as the kernel spec says, as activated, or the system's. */
  static String interpreter() {
    String named = System.getenv("HANDSHAKELAB_PYTHON");
    if (named != null && !named.isBlank()) {
      return named;
    }
    String environment = System.getenv("VIRTUAL_ENV");
    if (environment != null && !environment.isBlank()) {
      Path python = Path.of(environment, "bin", "python3");
      if (Files.isExecutable(python)) {
        return python.toString();
      }
    }
    return Program.find("python3")
        .or(() -> Program.find("python"))
        .map(Path::toString)
        .orElse("python3");
  }

  private static void delete(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(PythonMagic::deleteOne);
    } catch (IOException e) {
      // It lies in the temporary folder and holds nothing secret.
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // As above.
    }
  }
}
