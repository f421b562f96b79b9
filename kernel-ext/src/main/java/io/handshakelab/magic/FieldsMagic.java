package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.table.Listings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(description = "Each field of one TLS message: its bytes and what they mean.")
final class FieldsMagic extends Magic {
  @Parameters(
      index = "0",
      paramLabel = "N",
      description = "Number of the message: its row in the table tls, from 0.")
  private int message;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CAPTURE|FILE",
      description = "A capture by its name or file; the current one if not named.")
  private @Nullable String capture;

  @Option(names = "--hex", description = "The bytes as text, each field's name beside them.")
  private boolean hex;

  @Mixin private CaptureArgument how = new CaptureArgument();
  @Mixin private TableArgument shape = new TableArgument();

  @Override
  Answer run() {
    Analysis analysis = how.in(session(), capture);
    Answer answer =
        hex
            ? Answer.of(new Text(Listings.fieldDump(analysis, message)))
            : shape.answer(session(), Listings.fields(analysis, message));
    return how.judged(answer, session(), analysis, true);
  }
}
