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
      description =
          "TLS secrets as browsers write them for SSLKEYLOGFILE, or a server's RSA key in PEM; more"
              + " than once if need be.")
  private List<Path> keyLogs = new ArrayList<>();

  boolean given() {
    return !keyLogs.isEmpty();
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
    return given() ? Analysis.of(analysis.capture().withSecrets(KeyLog.read(keyLogs))) : analysis;
  }

  /**
   * Adds what is wrong with the input, though there are rows: a file that is cut off, keys that fit
   * nothing.
   */
  Answer judged(Answer answer, Session session, Analysis analysis, boolean tlsWasRead) {
    List<String> ofCapture = new ArrayList<>();
    if (!session.isKept(analysis)) {
      ofCapture.addAll(analysis.capture().warnings());
    }
    if (!analysis.capture().readings().isEmpty()) {
      ofCapture.addAll(analysis.tcp().contradictions());
    }
    return judged(answer, ofCapture, tlsWasRead ? analysis.tls().warnings() : List.of(), given());
  }

  /** The same with the warnings at hand. */
  static Answer judged(
      Answer answer, List<String> ofCapture, List<String> ofTls, boolean keyLogGiven) {
    List<String> notices = new ArrayList<>();
    Problem problem = null;
    for (String warning : ofCapture) {
      if (warning.contains("cut off")) {
        problem = new Problem(warning, "what is before the cut was read: go on with that");
      } else {
        notices.add(warning);
      }
    }
    for (String warning : ofTls) {
      if (keyLogGiven && problem == null && warning.contains("no line")) {
        problem =
            new Problem(
                warning,
                "the key log must come from the same visit: record both together, or capture here");
      } else if (keyLogGiven && problem == null && warning.startsWith("the private key")) {
        int colon = warning.lastIndexOf(": ");
        problem = new Problem(warning.substring(0, colon), warning.substring(colon + 2));
      } else {
        notices.add(warning);
      }
    }
    return answer.with(notices).with(problem);
  }
}
