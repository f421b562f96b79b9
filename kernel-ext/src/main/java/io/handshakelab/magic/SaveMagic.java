package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    description =
        "Writes a capture to a file, with its TLS secrets, so that Wireshark opens it decrypted.")
final class SaveMagic extends Magic {
  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "Where to write: pcapng, or pcap if the name ends in .pcap.")
  private Path file = Path.of("");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CAPTURE|FILE",
      description = "Which capture; the current one if not named.")
  private @Nullable String capture;

  @Option(
      names = "--keylog",
      paramLabel = "FILE",
      description = "Writes the TLS secrets to this file too.")
  private @Nullable Path keyLog;

  @Option(names = "--without-keys", description = "Leaves the TLS secrets out of the file.")
  private boolean withoutKeys;

  @Override
  Answer run() {
    Capture saved = withoutPrivateKeys(session().analysis(capture));
    CaptureFiles.write(saved, file, !withoutKeys);
    Path keys = keyLog;
    if (keys != null) {
      try {
        Files.writeString(keys, saved.secrets().keyLog(), StandardCharsets.US_ASCII);
      } catch (IOException e) {
        throw new Problem(
            "the key log cannot be written to " + keys, "choose a place you may write to", e);
      }
    }
    int frames = saved.frameCount();
    int secrets = withoutKeys ? 0 : saved.secrets().lines().size();
    return Answer.of(
        new Text(String.format("%s: %d frames, %d lines of TLS secrets", file, frames, secrets)));
  }

  /**
   * Private keys open other recordings too, so they are in no file; instead of them go the secrets
   * of these connections, which open just as much of this one.
   */
  private static Capture withoutPrivateKeys(Analysis analysis) {
    Capture capture = analysis.capture();
    return capture.secrets().serverKeys().isEmpty()
        ? capture
        : capture.withSecrets(analysis.tls().openedByPrivateKeys());
  }
}
