package io.handshakelab.magic;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.lab.CellRecording;
import io.handshakelab.lab.Visit;
import io.handshakelab.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    description =
        "Records one HTTPS visit: DNS, redirect, TCP, TLS, one request, close;"
            + " as a cell magic, what the cell's own Java does.")
final class CaptureMagic extends Magic {
  @Parameters(
      arity = "0..1",
      paramLabel = "TARGET",
      description = "www.lab.test, any other host, host:port, or a URL.")
  private @Nullable String target;

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      description = "wire (packets), relay (needs no privilege), or auto (default): the best.")
  private String source = "auto";

  @Option(names = "--as", paramLabel = "NAME", description = "What to call the capture.")
  private @Nullable String name;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "The longest that one step may take (default: 10 s).")
  private Duration timeout = Duration.ofSeconds(10);

  @Option(names = "--tls", paramLabel = "VERSION", description = "Offers 1.2, 1.3 or any.")
  private @Nullable String tls;

  @Option(
      names = "--client-cert",
      paramLabel = "WHICH",
      completionCandidates = ClientCertificateNames.class,
      description =
          "What to show to a server that asks: none (default), good, wrong-ca, expired,"
              + " or a PEM file with certificate and private key.")
  private @Nullable String clientCertificate;

  @Option(
      names = "--check",
      negatable = true,
      description =
          "Ends the handshake at a certificate that a browser would refuse (default: only at the"
              + " lab's own server).")
  private @Nullable Boolean check;

  @Option(names = "--save", paramLabel = "FILE", description = "Writes the capture to this file.")
  private @Nullable Path file;

  @Override
  Answer run() throws InterruptedException {
    String cell = cell();
    return cell == null ? visit() : cell(cell);
  }

  private Answer visit() throws InterruptedException {
    String where = target;
    if (where == null) {
      throw new Problem(
          "nothing to capture was named",
          "name a host: " + session().command("capture") + " www.lab.test");
    }
    Visit visit =
        Visits.to(session(), where)
            .source(source)
            .timeout(timeout)
            .tls(tls)
            .check(check)
            .clientCertificate(clientCertificate);
    if (name != null) {
      visit.name(name);
    }
    Visits.Made made = Visits.whole(session(), visit);
    save(made.analysis().capture());
    // The warnings stand in the capture's own words.
    return Answer.of(made.analysis().capture())
        .negativeIf(made.result().refusal() != null)
        .with(made.result().problem());
  }

  private Answer cell(String code) throws InterruptedException {
    Notebook notebook = session().notebook();
    if (notebook == null) {
      throw new Problem("a shell has no cells", "name a host: lab capture www.lab.test");
    }
    if (target != null) {
      throw new Problem(
          "%%capture records the cell itself and takes no target",
          "take %capture " + target + " in a cell of its own");
    }
    Problem problem = null;
    Capture capture;
    try (CellRecording recording =
        CellRecording.start(name == null ? "cell" : name, source, session().lab())) {
      try {
        notebook.evaluate(code);
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        problem =
            new Problem(
                "the cell's own code failed",
                "what was recorded until then is kept",
                Causes.inner(e));
      }
      capture = recording.finish();
    }
    session().keep(capture);
    save(capture);
    return Answer.of(capture).with(problem);
  }

  private void save(Capture capture) {
    Path where = file;
    if (where != null) {
      CaptureFiles.write(capture, where, true);
    }
  }
}
