package io.handshakelab.table;

import io.handshakelab.tls.Field;
import io.handshakelab.tls.TlsConnection;
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

  /** The same of a message of which nothing is made but what stands in the table. */
  static void message(long startNanos, TlsConnection read, int place, RowSink sink) {
    if (!sink.row(read.connection())) {
      return;
    }
    sink.add(read.connection())
        .add(read.frames()[place])
        .seconds(read.timeNanos(place) - startNanos)
        .add(read.sender(place).label())
        .add(read.type(place))
        .add(read.version(place))
        .add(read.length(place))
        .add(read.offset(place))
        .add(read.seq(place));
    long ack = read.ack(place);
    if (ack < 0) {
      sink.missing();
    } else {
      sink.add(ack);
    }
    sink.add(read.encrypted(place))
        .add(read.decrypted(place))
        .add(read.summaryStart(place), read.summaryEnd(place))
        .add(read.evidence(place).label());
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
