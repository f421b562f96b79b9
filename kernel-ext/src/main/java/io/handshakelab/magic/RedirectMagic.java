package io.handshakelab.magic;

import io.handshakelab.lab.Visit;
import io.handshakelab.table.Listings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(description = "Follows redirects, hop by hop, until they lead to HTTPS.")
final class RedirectMagic extends Magic {
  @Parameters(paramLabel = "URL", description = "http://www.lab.test/, or only the host.")
  private String url = "";

  @Mixin private VisitOptions visitor = new VisitOptions();
  @Mixin private TableArgument shape = new TableArgument();

  @Override
  Answer run() throws InterruptedException {
    Visit visit = Visits.to(session(), url).redirectOnly().name("redirect of " + url);
    Visits.Made made = Visits.part(session(), visitor.of(visit));
    return made.judged(shape.answer(session(), Listings.http(made.analysis())));
  }
}
