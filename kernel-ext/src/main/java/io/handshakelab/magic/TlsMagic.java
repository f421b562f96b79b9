package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.table.Tables;
import picocli.CommandLine.Command;
import tech.tablesaw.api.Table;

@Command(description = "Each TLS message.")
final class TlsMagic extends CaptureTableMagic {
  @Override
  Table table(Analysis analysis) {
    return Tables.tls(analysis);
  }

  @Override
  boolean readsTls() {
    return true;
  }
}
