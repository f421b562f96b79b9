package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tls.HandshakeAssembler.Origin;
import io.handshakelab.tls.registry.HandshakeType;
import java.util.List;

/** Says what is left of one end's stream when no more records can be read. */
final class StreamEnd {
  private final RowSink rows;
  private final Handshake handshake;
  private final List<String> warnings;

  StreamEnd(RowSink rows, Handshake handshake, List<String> warnings) {
    this.rows = rows;
    this.handshake = handshake;
    this.warnings = warnings;
  }

  /** Of what is read at present, whether or not something comes behind it. */
  void ofView(Direction from) {
    cutOffMessage(from);
    halfAlert(from);
    String trouble = from.reader().trouble();
    if (trouble != null && !from.reader().isCutOff()) {
      warn(from, trouble, from.reader().offset());
      unread(from, trouble, from.reader().offset());
    }
  }

  /** Of all, for the warnings. */
  void of(Direction from) {
    String trouble = from.reader().trouble();
    if (trouble != null && from.reader().isCutOff()) {
      warn(from, trouble, from.reader().offset());
    }
    if (from.gaps() > 0) {
      warnings.add(
          where(from)
              + from.lostOctets()
              + " bytes that it sent are missing or cannot be told apart, in "
              + from.gaps()
              + (from.gaps() == 1 ? " place" : " places"));
    }
  }

  private void warn(Direction from, String trouble, long at) {
    warnings.add(
        where(from)
            + trouble
            + ", at offset "
            + (from.view().position() + at)
            + " of what it sent");
  }

  private static String where(Direction from) {
    return "connection " + from.view().connection() + ", " + from.view().sender().label() + ": ";
  }

  /** More messages than are listed of one connection. */
  void tooMany(Direction from) {
    TlsRecord head = from.head();
    if (head == null) {
      return;
    }
    String limit =
        "more than " + RowSink.MOST_ROWS + " messages: no more of this connection are read";
    warnings.add(where(from) + limit);
    rows.add(
        from.view(),
        Row.Kind.GARBAGE,
        "Gap",
        Bytes.EMPTY,
        new Origin(head, head.offset(), false, false),
        limit);
  }

  private void cutOffMessage(Direction from) {
    Origin begun = from.assembler().pendingOrigin();
    Bytes pending = from.assembler().pending();
    if (begun != null && !pending.isEmpty()) {
      from.assembler().clear();
      rows.add(
          from.view(),
          Row.Kind.HANDSHAKE,
          new HandshakeType(pending.u8(0)).toString(),
          pending,
          Math.max(0, pending.length() - 4),
          begun,
          begun.record(),
          "malformed: cut off, "
              + pending.length()
              + " bytes are here at offset 0"
              + from.takeRemark());
    }
  }

  private void halfAlert(Direction from) {
    Bytes half = from.halfAlert();
    if (!half.isEmpty()) {
      from.keepHalfAlert(Bytes.EMPTY);
      int at = from.reader().offset() - 1;
      TlsRecord record = new TlsRecord(TlsRecord.ALERT, from.recordVersion(), at, 0, half);
      rows.add(
          from.view(),
          Row.Kind.ALERT,
          "Alert",
          half,
          new Origin(record, at, false, false),
          "malformed: half an alert, 1 byte is here at offset 0");
    }
  }

  private void unread(Direction from, String trouble, int at) {
    Bytes rest = from.reader().rest();
    var version = handshake.version();
    TlsRecord record = new TlsRecord(0, version == null ? 0 : version.number(), at, 0, rest);
    rows.add(
        from.view(),
        Row.Kind.GARBAGE,
        "ApplicationData",
        rest,
        new Origin(record, at, false, false),
        "malformed: "
            + trouble
            + " at offset "
            + at
            + "; "
            + rest.length()
            + " bytes are not read");
  }
}
