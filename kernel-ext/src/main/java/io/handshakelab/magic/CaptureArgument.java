package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.capture.Capture;
import io.handshakelab.problem.Problem;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --keylog FILE}, for every command that reads a capture. */
final class CaptureArgument {
  @Option(
      names = "--keylog",
      paramLabel = "FILE",
      description = "TLS secrets as browsers write them for SSLKEYLOGFILE.")
  private @Nullable Path keyLog;

  Analysis in(Session session, @Nullable String which) {
    Analysis analysis = session.analysis(which);
    Path file = keyLog;
    if (file == null) {
      return analysis;
    }
    Capture capture = analysis.capture();
    Analysis better = Analysis.of(capture.withSecrets(KeyLog.read(file)));
    session.replace(better);
    return better;
  }

  /** What is wrong with the input, though there are rows: a file cut off, keys that do not fit. */
  @Nullable Problem afterwards(Analysis analysis) {
    return null;
  }
}
