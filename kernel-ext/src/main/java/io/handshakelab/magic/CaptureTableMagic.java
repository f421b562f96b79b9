package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.table.Listing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A table of one capture. */
abstract class CaptureTableMagic extends Magic {
  @Parameters(
      arity = "0..1",
      paramLabel = "CAPTURE|FILE",
      description = "A capture by its name or file; the current one if not named.")
  private @Nullable String capture;

  @Mixin private CaptureArgument how = new CaptureArgument();
  @Mixin private TableArgument shape = new TableArgument();

  /** A table that needs no capture, if one was asked for. */
  @Nullable Listing ownTable() {
    return null;
  }

  abstract Listing table(Analysis analysis);

  /** Whether the table needs the TLS messages, so that what is odd about them is of interest. */
  abstract boolean readsTls();

  @Override
  Answer run() throws InterruptedException {
    Listing own = ownTable();
    if (own != null) {
      return shape.answer(session(), own);
    }
    Analysis analysis = how.in(session(), capture);
    Answer answer =
        how.judged(shape.answer(session(), table(analysis)), session(), analysis, readsTls());
    List<String> all = new ArrayList<>(answer.notices());
    all.addAll(notes(analysis, shape.connection()));
    return answer.with(all);
  }

  /**
   * What should be known about cells of the table, each in one sentence.
   *
   * @param connection the only one that was asked for, if there is one
   */
  List<String> notes(Analysis analysis, @Nullable Integer connection) {
    return List.of();
  }
}
