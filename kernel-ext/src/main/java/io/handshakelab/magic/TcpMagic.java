package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.table.Tables;
import picocli.CommandLine.Command;
import tech.tablesaw.api.Table;

@Command(description = "Each TCP segment, with the states of both ends after it.")
final class TcpMagic extends CaptureTableMagic {
  @Override
  Table table(Analysis analysis) {
    return Tables.tcp(analysis);
  }

  @Override
  boolean readsTls() {
    return false;
  }
}
