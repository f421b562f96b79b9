package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import java.nio.file.Path;
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
    Capture capture = CaptureFiles.read(file);
    session().keep(name == null ? capture : capture.withName(name));
    Analysis analysis = how.in(session(), null);
    return Answer.of(analysis.capture()).with(how.afterwards(analysis));
  }
}
