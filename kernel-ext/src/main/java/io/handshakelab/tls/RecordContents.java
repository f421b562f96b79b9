package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tcp.Gap;
import io.handshakelab.tls.HandshakeAssembler.Assembled;
import io.handshakelab.tls.HandshakeAssembler.Origin;
import io.handshakelab.tls.message.ClientHello;
import io.handshakelab.tls.message.Message;
import io.handshakelab.tls.message.MessageContext;
import io.handshakelab.tls.message.Messages;
import io.handshakelab.tls.message.ServerHello;
import io.handshakelab.tls.protection.RecordProtection.Opened;
import io.handshakelab.tls.registry.HandshakeType;
import java.util.List;

/** Makes rows from what is in a record that can be read. */
final class RecordContents {
  private static final int ALERT = 2;

  private final Handshake handshake;
  private final MessageEffects effects;
  private final RowSink rows;
  private final RecordLimits limits;
  private final CipherChanges cipherChanges;
  private final PlaintextLimit.Share share;
  private final Renegotiation renegotiation = new Renegotiation();
  private String note;

  /**
   * @param note for the first ClientHello: what came before it, or empty
   */
  RecordContents(
      Handshake handshake,
      MessageEffects effects,
      RowSink rows,
      RecordLimits limits,
      CipherChanges cipherChanges,
      PlaintextLimit.Share share,
      String note) {
    this.share = share;
    this.note = note;
    this.limits = limits;
    this.cipherChanges = cipherChanges;
    this.handshake = handshake;
    this.effects = effects;
    this.rows = rows;
  }

  void read(Direction from, TlsRecord record, Opened opened, boolean encrypted) {
    Origin origin = new Origin(record, record.offset(), encrypted, encrypted);
    Bytes content = opened.content();
    String tooLong = limits.note(from, record, content, encrypted, handshake.isTls13());
    switch (opened.type()) {
      case TlsRecord.HANDSHAKE -> handshake(from, record, content, encrypted, tooLong);
      case TlsRecord.ALERT -> alerts(from, content, origin, tooLong);
      case TlsRecord.APPLICATION_DATA ->
          applicationData(from, record, content, origin, applicationData(content, from) + tooLong);
      case TlsRecord.HEARTBEAT ->
          add(from, Row.Kind.HEARTBEAT, "Heartbeat", content, origin, heartbeat(content) + tooLong);
      default ->
          add(
              from,
              Row.Kind.GARBAGE,
              "ApplicationData",
              content,
              origin,
              "malformed: content type " + opened.type() + " is none of TLS at offset 0");
    }
  }

  private void applicationData(
      Direction from, TlsRecord record, Bytes content, Origin origin, String summary) {
    if (share.take(content.length())) {
      from.addPlaintext(record, content);
      add(from, Row.Kind.APPLICATION_DATA, "ApplicationData", content, origin, summary);
    } else {
      from.limitPlaintext();
      rows.add(
          from.view(),
          Row.Kind.ENCRYPTED,
          "ApplicationData",
          record.fragment(),
          content.length(),
          origin,
          record,
          summary + ", not kept: " + Gap.LIMIT.label());
    }
  }

  /** Messages in a record, also none, or only a part of one. */
  private void handshake(
      Direction from, TlsRecord record, Bytes content, boolean encrypted, String tooLong) {
    if (content.isEmpty()) {
      Origin origin = new Origin(record, record.offset(), encrypted, encrypted);
      String summary = "malformed: a record of handshake messages must not be empty at offset 0";
      add(from, Row.Kind.GARBAGE, "Handshake", content, origin, summary);
      return;
    }
    if (from.isWithinMessage() && !ClearRecord.areMessages(content)) {
      Origin origin = new Origin(record, record.offset(), encrypted, encrypted);
      String summary = "a part of a message whose beginning is missing, " + content.length();
      add(from, Row.Kind.GARBAGE, "Handshake", content, origin, summary + " bytes");
      handshake.missedSomething();
      return;
    }
    from.startMessage();
    if (!tooLong.isEmpty()) {
      from.remark(tooLong);
    }
    for (Assembled whole : from.assembler().add(record, content, encrypted, encrypted)) {
      handshakeMessage(from, record, whole);
    }
  }

  /** One row for each alert: a record may hold more than one, up to TLS 1.2 also half of one. */
  private void alerts(Direction from, Bytes content, Origin origin, String tooLong) {
    Bytes all = from.halfAlert().isEmpty() ? content : both(from.halfAlert(), content);
    if (all.isEmpty()) {
      add(from, Row.Kind.ALERT, "Alert", all, origin, alert(all) + tooLong);
    }
    int at = 0;
    for (; all.length() - at >= ALERT; at += ALERT) {
      Bytes one = all.slice(at, at + ALERT);
      add(from, Row.Kind.ALERT, "Alert", one, origin, alert(one) + tooLong);
    }
    from.keepHalfAlert(all.from(at));
  }

  private static Bytes both(Bytes first, Bytes second) {
    return Bytes.concat(List.of(first, second));
  }

  private void add(
      Direction from, Row.Kind kind, String type, Bytes bytes, Origin origin, String summary) {
    rows.add(from.view(), kind, type, bytes, origin, summary);
  }

  /** A record with a ClientHello in the form of SSL 2.0 (RFC 5246 §E.2). */
  void sslV2Hello(Direction from, TlsRecord record) {
    Bytes whole = from.view().slice(record.offset(), record.lastOffset() + 1);
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

  /** What a server says that speaks nothing but SSL 2.0, and what follows on either side. */
  void sslV2(Direction from, TlsRecord record) {
    Bytes whole = from.view().slice(record.offset(), record.lastOffset() + 1);
    boolean hello = SslV2.isServerHello(whole);
    boolean error = SslV2.isError(whole);
    rows.add(
        from.view(),
        Row.Kind.SSL_V2,
        hello ? "ServerHello" : error ? "Alert" : "EncryptedHandshake",
        whole,
        record.fragment().length(),
        new Origin(record, record.offset(), !hello && !error, false),
        record,
        hello || error ? SslV2.summary(whole) : "SSL 2.0, not read: " + whole.length() + " bytes");
  }

  private static String applicationData(Bytes content, Direction from) {
    String early = from.epoch() == Epoch.EARLY ? " of early data" : "";
    return content.length() + (content.length() == 1 ? " byte" : " bytes") + early;
  }

  private static String heartbeat(Bytes content) {
    try {
      return Messages.heartbeat(content).summary();
    } catch (Malformed e) {
      return RowSink.malformed(e);
    }
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
    String said = null;
    if (matters(bytes.u8(0))) {
      try {
        message = Messages.handshake(bytes, context);
        if (message instanceof ServerHello hello && hello.isHelloRetryRequest()) {
          type = "HelloRetryRequest";
        }
      } catch (Malformed e) {
        said = RowSink.malformed(e);
      }
    }
    String more = handshake.accept(from.role(), bytes, message);
    if (message != null) {
      limits.after(message);
      more += renegotiation.note(from.role(), message);
    }
    cipherChanges.after(bytes.u8(0));
    more += from.takeRemark();
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
                said,
                message,
                more));
    if (message instanceof ClientHello && !note.isEmpty()) {
      row.add(", " + note);
      note = "";
    }
    if (message != null) {
      effects.of(from, row, message);
    }
  }

  /** Whether anything follows from what such a message says; if not, it is read when shown. */
  private static boolean matters(int type) {
    return switch (type) {
      case HandshakeType.SERVER_KEY_EXCHANGE,
          HandshakeType.SERVER_HELLO_DONE,
          HandshakeType.CERTIFICATE_REQUEST,
          HandshakeType.CERTIFICATE_VERIFY,
          HandshakeType.CERTIFICATE_STATUS ->
          false;
      default -> true;
    };
  }
}
