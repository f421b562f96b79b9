package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.table.Tables;
import picocli.CommandLine.Command;
import tech.tablesaw.api.Table;

@Command(description = "Each HTTP message; given a URL, visits it first.")
final class HttpMagic extends CaptureTableMagic {
  @Override
  Table table(Analysis analysis) {
    return Tables.http(analysis);
  }

  @Override
  boolean readsTls() {
    return true;
  }
}
