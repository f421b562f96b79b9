package io.handshakelab.table;

import io.handshakelab.tls.Field;
import io.handshakelab.tls.TlsMessage;
import java.util.List;

/** What TLS says. */
final class TlsTables {
  private TlsTables() {}

  static TableShape tlsShape() {
    return TableShape.of("tls")
        .ints("conn", "frame")
        .doubles("time")
        .texts("sender", "type", "version")
        .ints("length")
        .longs("offset", "seq", "ack")
        .booleans("encrypted", "decrypted")
        .texts("summary", "evidence");
  }

  static void message(long startNanos, TlsMessage m, RowSink sink) {
    if (!sink.row(m.connection())) {
      return;
    }
    sink.add(m.connection())
        .add(m.frame())
        .seconds(m.timeNanos() - startNanos)
        .add(m.sender().label())
        .add(m.type())
        .add(m.version())
        .add(m.length())
        .add(m.offset())
        .add(m.seq());
    if (m.ack() < 0) {
      sink.missing();
    } else {
      sink.add(m.ack());
    }
    sink.add(m.encrypted()).add(m.decrypted()).add(m.summary()).add(m.evidence().label());
  }

  static Listing fields(int message, List<Field> fields) {
    TableShape shape =
        TableShape.of("fields")
            .ints("message")
            .texts("path")
            .ints("offset", "length")
            .texts("hex", "value", "meaning", "rfc");
    return new Listing(shape) {
      @Override
      void tell(RowSink sink) {
        for (Field f : fields) {
          if (sink.row()) {
            sink.add(message)
                .add(f.path())
                .add(f.offset())
                .add(f.bytes().length())
                .add(f.bytes().hex())
                .add(f.value())
                .add(f.meaning())
                .add(f.rfc());
          }
        }
      }
    };
  }
}
