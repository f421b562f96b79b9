package io.handshakelab.table;

import io.handshakelab.tcp.TcpAnalysis;
import io.handshakelab.tls.TlsMessage;
import io.handshakelab.tls.TlsRows;
import java.util.List;

/**
 * The rows of the {@code tls} table, each read from the capture when it is told. One thread reads
 * messages while this one writes rows.
 */
public final class TlsStream extends Listing {
  private final TcpAnalysis tcp;
  private List<String> warnings = List.of();

  TlsStream(TcpAnalysis tcp) {
    super(TlsTables.tlsShape());
    this.tcp = tcp;
  }

  /** What is odd about the messages: known when they have been told. */
  public List<String> warnings() {
    return warnings;
  }

  @Override
  boolean writeInPieces(RowWriter writer) {
    TlsRows source = TlsRows.of(tcp);
    if (source.areIndependent()) {
      warnings = TlsPieces.write(tcp, source, writer);
      return true;
    }
    return false;
  }

  @Override
  void tell(RowSink sink) {
    long start = tcp.capture().startNanos();
    try (TlsReadAhead messages = new TlsReadAhead(tcp)) {
      for (TlsMessage[] some = messages.next(); some.length > 0; some = messages.next()) {
        for (TlsMessage message : some) {
          TlsTables.message(start, message, sink);
        }
      }
      warnings = messages.warnings();
    }
  }
}
