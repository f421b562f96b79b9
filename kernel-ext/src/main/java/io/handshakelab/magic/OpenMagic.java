package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.capture.CaptureFiles;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(description = "Reads a capture file: pcap or pcapng.")
final class OpenMagic extends Magic {
  @Parameters(paramLabel = "FILE", description = "A pcap or pcapng file, also compressed by gzip.")
  private Path file = Path.of("");

  @Option(names = "--as", paramLabel = "NAME", description = "What to call the capture.")
  private @Nullable String name;

  @Mixin private CaptureArgument how = new CaptureArgument();

  @Override
  Answer run() {
    Analysis read = how.with(Analysis.of(CaptureFiles.read(file)));
    Analysis analysis = name == null ? read : Analysis.of(read.capture().withName(name));
    // Its warnings stand in the capture's own words, so that only what is wrong is left to say.
    Answer answer = how.judged(Answer.of(analysis.capture()), session(), analysis, how.given());
    session().keep(analysis);
    if (session().isNotebook()) {
      analysis.readAhead();
    }
    return answer.with(List.of());
  }
}
