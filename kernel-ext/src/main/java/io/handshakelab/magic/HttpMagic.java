package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.table.Listings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(description = "Each HTTP message; given a URL, visits it first.")
final class HttpMagic extends Magic {
  @Parameters(
      arity = "0..1",
      paramLabel = "URL|CAPTURE|FILE",
      description = "A URL to visit, or a capture by its name or file.")
  private @Nullable String what;

  @Mixin private VisitOptions visitor = new VisitOptions();
  @Mixin private CaptureArgument how = new CaptureArgument();
  @Mixin private TableArgument shape = new TableArgument();

  @Override
  Answer run() throws InterruptedException {
    String where = what;
    if (where != null && Targets.isTarget(session(), where)) {
      Visits.Made made = Visits.whole(session(), visitor.of(Visits.to(session(), where)));
      return made.judged(shape.answer(session(), Listings.http(made.analysis())));
    }
    Analysis analysis = how.in(session(), where);
    return how.judged(shape.answer(session(), Listings.http(analysis)), session(), analysis, true);
  }
}
