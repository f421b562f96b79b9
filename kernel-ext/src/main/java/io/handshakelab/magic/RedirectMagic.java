package io.handshakelab.magic;

import io.handshakelab.lab.Visit;
import io.handshakelab.table.Tables;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(description = "Follows redirects, hop by hop, until they lead to HTTPS.")
final class RedirectMagic extends Magic {
  @Parameters(paramLabel = "URL", description = "http://www.lab.test/, or only the host.")
  private String url = "";

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      description = "wire, relay, or auto (default).")
  private String source = "auto";

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "The longest that one step may take (default: 10 s).")
  private Duration timeout = Duration.ofSeconds(10);

  @Mixin private TableArgument shape = new TableArgument();

  @Override
  Answer run() throws InterruptedException {
    Visit visit =
        Visits.to(session(), url)
            .redirectOnly()
            .source(source)
            .timeout(timeout)
            .name("redirect of " + url);
    Visits.Made made = Visits.part(session(), visit);
    return made.judged(shape.answer(Tables.http(made.analysis())));
  }
}
