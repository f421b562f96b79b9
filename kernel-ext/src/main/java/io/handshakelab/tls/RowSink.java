package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tcp.StreamView;
import io.handshakelab.tls.HandshakeAssembler.Origin;
import io.handshakelab.tls.message.MessageContext;
import java.util.ArrayList;
import java.util.List;

/** The rows of one connection, in the order in which they were read. */
final class RowSink {
  /** Of one connection. */
  static final int MOST_ROWS = 1 << 19;

  private final Handshake handshake;
  private final List<Row> rows = new ArrayList<>();

  RowSink(Handshake handshake) {
    this.handshake = handshake;
  }

  List<Row> rows() {
    return rows;
  }

  /** So that hostile records of a few octets cannot take all memory. */
  boolean isFull() {
    return rows.size() >= MOST_ROWS;
  }

  /** A row for all that one record holds. */
  void add(
      StreamView view, Row.Kind kind, String type, Bytes bytes, Origin origin, String summary) {
    add(view, kind, type, bytes, bytes.length(), origin, origin.record(), summary);
  }

  /** A row for bytes that began at {@code origin} and ended in record {@code last}. */
  Row add(
      StreamView view,
      Row.Kind kind,
      String type,
      Bytes bytes,
      int length,
      Origin origin,
      TlsRecord last,
      String summary) {
    MessageContext context = handshake.context(origin.record().version());
    return add(
        new Row(
            view,
            kind,
            type,
            context,
            bytes,
            length,
            origin,
            last.lastOffset(),
            summary,
            null,
            ""));
  }

  Row add(Row row) {
    rows.add(row);
    return row;
  }

  static String malformed(Malformed e) {
    return "malformed: " + e.reason() + " at offset " + e.offset();
  }
}
