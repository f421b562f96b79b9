package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.table.Tables;
import picocli.CommandLine.Command;
import tech.tablesaw.api.Table;

@Command(description = "Each change of a TCP state, and how it is known.")
final class StatesMagic extends CaptureTableMagic {
  @Override
  Table table(Analysis analysis) {
    return Tables.states(analysis);
  }

  @Override
  boolean readsTls() {
    return false;
  }
}
