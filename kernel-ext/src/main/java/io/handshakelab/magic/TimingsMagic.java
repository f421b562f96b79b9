package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.table.Tables;
import picocli.CommandLine.Command;
import tech.tablesaw.api.Table;

@Command(description = "The phases of the visit, and how long each took.")
final class TimingsMagic extends CaptureTableMagic {
  @Override
  Table table(Analysis analysis) {
    return Tables.timings(analysis);
  }

  @Override
  boolean readsTls() {
    return true;
  }
}
