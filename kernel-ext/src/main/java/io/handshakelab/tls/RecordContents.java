package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.HandshakeAssembler.Assembled;
import io.handshakelab.tls.HandshakeAssembler.Origin;
import io.handshakelab.tls.message.ClientHello;
import io.handshakelab.tls.message.Message;
import io.handshakelab.tls.message.MessageContext;
import io.handshakelab.tls.message.Messages;
import io.handshakelab.tls.message.ServerHello;
import io.handshakelab.tls.protection.RecordProtection.Opened;
import io.handshakelab.tls.registry.HandshakeType;

/** Makes rows from what is in a record that can be read. */
final class RecordContents {
  private final Handshake handshake;
  private final MessageEffects effects;
  private final RowSink rows;
  private String note;

  /**
   * @param note for the first ClientHello: what came before it, or empty
   */
  RecordContents(Handshake handshake, MessageEffects effects, RowSink rows, String note) {
    this.note = note;
    this.handshake = handshake;
    this.effects = effects;
    this.rows = rows;
  }

  void read(Direction from, TlsRecord record, Opened opened, boolean encrypted) {
    Origin origin = new Origin(record, record.offset(), encrypted, encrypted);
    Bytes content = opened.content();
    switch (opened.type()) {
      case TlsRecord.HANDSHAKE -> {
        for (Assembled whole : from.assembler().add(record, content, encrypted, encrypted)) {
          handshakeMessage(from, record, whole);
        }
      }
      case TlsRecord.ALERT ->
          rows.add(from.view(), Row.Kind.ALERT, "Alert", content, origin, alert(content));
      case TlsRecord.APPLICATION_DATA -> {
        from.addPlaintext(record, content);
        rows.add(
            from.view(),
            Row.Kind.APPLICATION_DATA,
            "ApplicationData",
            content,
            origin,
            applicationData(content, from));
      }
      case TlsRecord.HEARTBEAT ->
          rows.add(
              from.view(),
              Row.Kind.GARBAGE,
              "Heartbeat",
              content,
              origin,
              content.length() + " bytes (RFC 6520)");
      default ->
          rows.add(
              from.view(),
              Row.Kind.GARBAGE,
              "ApplicationData",
              content,
              origin,
              "malformed: content type " + opened.type() + " is none of TLS at offset 0");
    }
  }

  /** A record with a ClientHello in the form of SSL 2.0 (RFC 5246 §E.2). */
  void sslV2Hello(Direction from, TlsRecord record) {
    Bytes whole = from.view().bytes().slice(record.offset(), record.lastOffset() + 1);
    String summary;
    try {
      Message hello = Messages.sslV2ClientHello(whole);
      handshake.accept(from.role(), record.fragment(), hello);
      summary = "in the form of SSL 2.0: " + hello.summary();
    } catch (Malformed e) {
      summary = RowSink.malformed(e);
    }
    rows.add(
        from.view(),
        Row.Kind.SSL_V2_HELLO,
        "ClientHello",
        whole,
        record.fragment().length(),
        new Origin(record, record.offset(), false, false),
        record,
        summary);
  }

  private static String applicationData(Bytes content, Direction from) {
    String early = from.epoch() == Epoch.EARLY ? " of early data" : "";
    return content.length() + (content.length() == 1 ? " byte" : " bytes") + early;
  }

  private static String alert(Bytes content) {
    try {
      return Messages.alert(content).summary();
    } catch (Malformed e) {
      return RowSink.malformed(e);
    }
  }

  private void handshakeMessage(Direction from, TlsRecord record, Assembled whole) {
    Bytes bytes = whole.message();
    String type = new HandshakeType(bytes.u8(0)).toString();
    MessageContext context = handshake.context(record.version());
    Message message = null;
    String summary;
    try {
      message = Messages.handshake(bytes, context);
      summary = message.summary();
      if (message instanceof ServerHello hello && hello.isHelloRetryRequest()) {
        type = "HelloRetryRequest";
      }
    } catch (Malformed e) {
      summary = RowSink.malformed(e);
    }
    summary += handshake.accept(from.role(), bytes, message);
    Row row =
        rows.add(
            new Row(
                from.view(),
                Row.Kind.HANDSHAKE,
                type,
                context,
                bytes,
                bytes.length() - 4,
                whole.origin(),
                record.lastOffset(),
                summary));
    if (message instanceof ClientHello && !note.isEmpty()) {
      row.add(", " + note);
      note = "";
    }
    if (message != null) {
      effects.of(from, row, message);
    }
  }
}
