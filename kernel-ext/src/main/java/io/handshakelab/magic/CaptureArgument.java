package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --keylog FILE}, for every command that reads a capture. */
final class CaptureArgument {
  @Option(
      names = "--keylog",
      paramLabel = "FILE",
      description = "TLS secrets as browsers write them for SSLKEYLOGFILE.")
  private @Nullable Path keyLog;

  boolean given() {
    return keyLog != null;
  }

  /** The capture that is meant, with the secrets of the key log. */
  Analysis in(Session session, @Nullable String which) {
    Analysis analysis = session.analysis(which);
    Analysis better = with(analysis);
    if (session.isKept(analysis)) {
      session.keep(better);
    }
    return better;
  }

  /** The same with the secrets of the key log, if one was given. */
  Analysis with(Analysis analysis) {
    Path file = keyLog;
    return file == null ? analysis : Analysis.of(analysis.capture().withSecrets(KeyLog.read(file)));
  }

  /**
   * Adds what is wrong with the input, though there are rows: a file that is cut off, keys that fit
   * nothing.
   */
  Answer judged(Answer answer, Session session, Analysis analysis, boolean tlsWasRead) {
    List<String> notices = new ArrayList<>();
    Problem problem = null;
    if (!session.isKept(analysis)) {
      for (String warning : analysis.capture().warnings()) {
        if (warning.contains("cut off")) {
          problem = new Problem(warning, "what is before the cut was read: go on with that");
        } else {
          notices.add(warning);
        }
      }
    }
    for (String warning : tlsWasRead ? analysis.tls().warnings() : List.<String>of()) {
      if (keyLog != null && problem == null && warning.contains("no line")) {
        problem =
            new Problem(
                warning,
                "the key log must come from the same visit: record both together, or capture here");
      } else {
        notices.add(warning);
      }
    }
    return answer.with(notices).with(problem);
  }
}
