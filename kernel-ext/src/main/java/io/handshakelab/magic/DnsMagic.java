package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.table.Tables;
import picocli.CommandLine.Command;
import tech.tablesaw.api.Table;

@Command(description = "Each DNS message; given a name, looks it up first.")
final class DnsMagic extends CaptureTableMagic {
  @Override
  Table table(Analysis analysis) {
    return Tables.dns(analysis);
  }

  @Override
  boolean readsTls() {
    return false;
  }
}
