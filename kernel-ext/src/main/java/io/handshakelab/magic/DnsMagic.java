package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.lab.Visit;
import io.handshakelab.table.Listings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(description = "Each DNS message; given a name, looks it up first.")
final class DnsMagic extends Magic {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME|CAPTURE|FILE",
      description = "A name to look up, or a capture by its name or file.")
  private @Nullable String what;

  @Mixin private VisitOptions visitor = new VisitOptions();
  @Mixin private CaptureArgument how = new CaptureArgument();
  @Mixin private TableArgument shape = new TableArgument();

  @Override
  Answer run() throws InterruptedException {
    String name = what;
    if (name != null && Targets.isTarget(session(), name)) {
      Visit visit = Visits.to(session(), name).lookupOnly().name("lookup of " + name);
      Visits.Made made = Visits.part(session(), visitor.of(visit));
      return made.judged(shape.answer(session(), Listings.dns(made.analysis())));
    }
    Analysis analysis = how.in(session(), name);
    return how.judged(shape.answer(session(), Listings.dns(analysis)), session(), analysis, false);
  }
}
