package io.handshakelab.table;

import io.handshakelab.tls.Field;
import io.handshakelab.tls.TlsMessage;
import java.util.List;
import tech.tablesaw.api.Table;

/** What TLS says. */
final class TlsTables {
  private TlsTables() {}

  static Table tls(long startNanos, List<TlsMessage> messages) {
    Rows rows =
        new Rows("tls")
            .ints("conn", "frame")
            .doubles("time")
            .texts("sender", "type", "version")
            .ints("length")
            .longs("offset", "seq", "ack")
            .booleans("encrypted", "decrypted")
            .texts("summary", "evidence");
    for (TlsMessage m : messages) {
      rows.add(m.connection())
          .add(m.frame())
          .add(Tables.seconds(startNanos, m.timeNanos()))
          .add(m.sender().label())
          .add(m.type())
          .add(m.version())
          .add(m.length())
          .add(m.offset())
          .add(m.seq())
          .add(m.ack() < 0 ? null : (Long) m.ack())
          .add(m.encrypted())
          .add(m.decrypted())
          .add(m.summary())
          .add(m.evidence().label());
    }
    return rows.table();
  }

  static Table fields(int message, List<Field> fields) {
    Rows rows =
        new Rows("fields")
            .ints("message")
            .texts("path")
            .ints("offset", "length")
            .texts("hex", "value", "meaning", "rfc");
    for (Field f : fields) {
      rows.add(message)
          .add(f.path())
          .add(f.offset())
          .add(f.bytes().length())
          .add(f.bytes().hex())
          .add(f.value())
          .add(f.meaning())
          .add(f.rfc());
    }
    return rows.table();
  }
}
