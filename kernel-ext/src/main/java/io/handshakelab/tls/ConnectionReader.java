package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tcp.Connection;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.StreamView;
import io.handshakelab.tls.HandshakeAssembler.Assembled;
import io.handshakelab.tls.HandshakeAssembler.Origin;
import io.handshakelab.tls.message.Certificate;
import io.handshakelab.tls.message.CompressedCertificate;
import io.handshakelab.tls.message.Finished;
import io.handshakelab.tls.message.KeyUpdate;
import io.handshakelab.tls.message.Message;
import io.handshakelab.tls.message.MessageContext;
import io.handshakelab.tls.message.Messages;
import io.handshakelab.tls.message.ServerHello;
import io.handshakelab.tls.protection.KeyLog;
import io.handshakelab.tls.protection.RecordProtection.Opened;
import io.handshakelab.tls.protection.Tls13Protection;
import io.handshakelab.tls.registry.HandshakeType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one connection: the records of both ends in the order in which they arrived. */
final class ConnectionReader {
  private final Direction client;
  private final Direction server;
  private final Handshake handshake;
  private final List<Row> rows = new ArrayList<>();
  private final List<CertificateList> certificates = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private @Nullable Row serverHelloRow;
  private boolean clientFlightOver;

  ConnectionReader(Connection connection, KeyLog keyLog, SessionMemory sessions) {
    this.client = new Direction(connection.fromClient());
    this.server = new Direction(connection.fromServer());
    this.handshake = new Handshake(keyLog, sessions);
  }

  /** Whether either end begins as only TLS begins. */
  static boolean isTls(Connection connection) {
    return RecordReader.looksLikeTls(connection.fromClient().bytes())
        || RecordReader.looksLikeTls(connection.fromServer().bytes());
  }

  void read() {
    joinInTheMiddle(client, HandshakeType.CLIENT_HELLO);
    joinInTheMiddle(server, HandshakeType.SERVER_HELLO);
    for (Direction next = next(); next != null; next = next()) {
      TlsRecord record = next.head();
      if (record != null) {
        record(next, record);
      }
      next.take();
      if (next.endedEarly()) {
        handshake.missedSomething();
      }
    }
    List.of(client, server).forEach(this::end);
    warnAboutKeys();
  }

  List<Row> rows() {
    return rows;
  }

  List<CertificateList> certificates() {
    return certificates;
  }

  List<String> warnings() {
    return warnings;
  }

  /** The negotiated version, or 0. */
  int version() {
    var version = handshake.version();
    return version == null ? 0 : version.number();
  }

  /** What was decrypted, the client's first. */
  List<StreamView> plaintext() {
    List<StreamView> views = new ArrayList<>();
    for (Direction direction : List.of(client, server)) {
      if (!direction.plaintext().isEmpty()) {
        views.add(direction.plaintext());
      }
    }
    return views;
  }

  /** The end whose next record was complete first. */
  private @Nullable Direction next() {
    TlsRecord fromClient = client.head();
    TlsRecord fromServer = server.head();
    if (fromClient == null || fromServer == null) {
      return fromClient != null ? client : fromServer != null ? server : null;
    }
    return client.view().readyFrameAt(fromClient.lastOffset())
            <= server.view().readyFrameAt(fromServer.lastOffset())
        ? client
        : server;
  }

  /** A stream that does not begin with a hello was begun before the capture. */
  private static void joinInTheMiddle(Direction direction, int hello) {
    TlsRecord first = direction.head();
    if (first == null || first.type() == TlsRecord.SSL_V2_HELLO) {
      return;
    }
    boolean begins =
        first.type() == TlsRecord.ALERT
            ? first.fragment().length() == 2
            : first.type() == TlsRecord.HANDSHAKE
                && !first.fragment().isEmpty()
                && (first.fragment().u8(0) == hello
                    || first.fragment().u8(0) == HandshakeType.HELLO_REQUEST);
    if (!begins) {
      direction.secure(null);
    }
  }

  private void record(Direction from, TlsRecord record) {
    if (record.type() == TlsRecord.SSL_V2_HELLO) {
      sslV2Hello(from, record);
    } else if (record.type() == TlsRecord.CHANGE_CIPHER_SPEC) {
      changeCipherSpec(from, record);
    } else if (isTls13Ciphertext(from, record)) {
      tls13(from, record);
    } else if (from.isSecured() && !handshake.isTls13()) {
      Opened opened = from.open(record);
      if (opened == null) {
        closed(from, record);
      } else {
        content(from, record, opened, true);
      }
    } else if (record.type() == TlsRecord.APPLICATION_DATA) {
      from.secure(null);
      closed(from, record);
    } else {
      content(from, record, new Opened(record.type(), record.fragment()), false);
    }
  }

  /** From TLS 1.3 on encrypted records pretend to be application data (RFC 8446 §5.2). */
  private boolean isTls13Ciphertext(Direction from, TlsRecord record) {
    return record.type() == TlsRecord.APPLICATION_DATA
        && (handshake.isTls13()
            || (handshake.version() == null
                && from.sender() == Sender.CLIENT
                && handshake.offersEarlyData()));
  }

  private void tls13(Direction from, TlsRecord record) {
    if (handshake.version() == null && from.epoch() == null) {
      from.secure(Epoch.EARLY, null);
    }
    Opened opened = from.open(record);
    if (opened == null) {
      opened = tryLaterKeys(from, record);
    }
    if (opened == null) {
      closed(from, record);
    } else {
      content(from, record, opened, true);
    }
  }

  /** Keys may be missing for one epoch only, and early data may have been refused. */
  private @Nullable Opened tryLaterKeys(Direction from, TlsRecord record) {
    List<Tls13Protection> candidates = new ArrayList<>();
    List<Epoch> epochs = new ArrayList<>();
    if (handshake.version() == null) {
      handshake.earlyProtections().forEach(p -> candidates.add(p));
      candidates.forEach(p -> epochs.add(Epoch.EARLY));
    } else {
      for (Epoch epoch : List.of(Epoch.HANDSHAKE, Epoch.APPLICATION)) {
        Epoch present = from.epoch();
        Tls13Protection keys = handshake.tls13Protection(from.sender(), epoch);
        if (keys != null && (present == null || epoch.compareTo(present) > 0)) {
          candidates.add(keys);
          epochs.add(epoch);
        }
      }
    }
    for (int i = 0; i < candidates.size(); i++) {
      Opened opened = candidates.get(i).open(record.type(), record.version(), record.fragment());
      if (opened != null) {
        from.secure(epochs.get(i), candidates.get(i));
        return opened;
      }
    }
    return null;
  }

  private void sslV2Hello(Direction from, TlsRecord record) {
    Bytes whole = from.view().bytes().slice(record.offset(), record.lastOffset() + 1);
    Origin origin = new Origin(record, record.offset(), false, false);
    String summary;
    try {
      Message hello = Messages.sslV2ClientHello(whole);
      handshake.accept(from.sender(), record.fragment(), hello);
      summary = "in the form of SSL 2.0: " + hello.summary();
    } catch (Malformed e) {
      summary = malformed(e);
    }
    add(
        from,
        Row.Kind.SSL_V2_HELLO,
        "ClientHello",
        whole,
        record.fragment().length(),
        origin,
        record,
        summary);
  }

  private void changeCipherSpec(Direction from, TlsRecord record) {
    boolean wasSecured = from.isSecured() && !handshake.isTls13();
    Opened opened = wasSecured ? from.open(record) : null;
    Bytes content = opened == null ? record.fragment() : opened.content();
    boolean clear = !wasSecured || opened != null;
    boolean meaningless =
        handshake.isTls13() || (handshake.version() == null && handshake.offersTls13());
    String summary = clear ? changeCipherSpec(content, meaningless) : "encrypted";
    Origin origin = new Origin(record, record.offset(), wasSecured, opened != null);
    add(
        from,
        clear ? Row.Kind.CHANGE_CIPHER_SPEC : Row.Kind.ENCRYPTED,
        "ChangeCipherSpec",
        content,
        content.length(),
        origin,
        record,
        summary);
    if (!meaningless) {
      if (from.sender() == Sender.SERVER && handshake.resumedByTicket() && serverHelloRow != null) {
        serverHelloRow.add(", resumed session");
      }
      from.secure(handshake.tls12Protection(from.sender()));
    }
  }

  private static String changeCipherSpec(Bytes content, boolean meaningless) {
    if (!content.equals(Bytes.of((byte) 1))) {
      return "malformed: not the single octet 1 at offset 0";
    }
    return meaningless
        ? "no meaning in TLS 1.3: eases the way through middleboxes (RFC 8446 §D.4)"
        : "the new keys are used from now on";
  }

  private void content(Direction from, TlsRecord record, Opened opened, boolean encrypted) {
    Origin origin = new Origin(record, record.offset(), encrypted, encrypted);
    Bytes content = opened.content();
    switch (opened.type()) {
      case TlsRecord.HANDSHAKE -> {
        for (Assembled whole : from.assembler().add(record, content, encrypted, encrypted)) {
          handshakeMessage(from, record, whole);
        }
      }
      case TlsRecord.ALERT -> alert(from, record, content, origin);
      case TlsRecord.APPLICATION_DATA -> {
        from.plaintext().add(record, content);
        add(
            from,
            Row.Kind.APPLICATION_DATA,
            "ApplicationData",
            content,
            content.length(),
            origin,
            record,
            applicationData(content, from));
      }
      case TlsRecord.HEARTBEAT ->
          add(
              from,
              Row.Kind.GARBAGE,
              "Heartbeat",
              content,
              content.length(),
              origin,
              record,
              content.length() + " bytes (RFC 6520)");
      default ->
          add(
              from,
              Row.Kind.GARBAGE,
              "ApplicationData",
              content,
              content.length(),
              origin,
              record,
              "malformed: content type " + opened.type() + " is none of TLS at offset 0");
    }
  }

  private static String applicationData(Bytes content, Direction from) {
    String early = from.epoch() == Epoch.EARLY ? " of early data" : "";
    return content.length() + (content.length() == 1 ? " byte" : " bytes") + early;
  }

  private void alert(Direction from, TlsRecord record, Bytes content, Origin origin) {
    String summary;
    try {
      summary = Messages.alert(content).summary();
    } catch (Malformed e) {
      summary = malformed(e);
    }
    add(from, Row.Kind.ALERT, "Alert", content, content.length(), origin, record, summary);
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
      summary = malformed(e);
    }
    summary += handshake.accept(from.sender(), bytes, message);
    Row row =
        new Row(
            from.view(),
            Row.Kind.HANDSHAKE,
            type,
            context,
            bytes,
            bytes.length() - 4,
            whole.origin(),
            record.lastOffset(),
            summary);
    rows.add(row);
    if (message != null) {
      follow(from, row, message);
    }
  }

  /** Lets the message have its effect on keys and lists. */
  private void follow(Direction from, Row row, Message message) {
    if (message instanceof ServerHello hello) {
      serverHelloRow = row;
      if (handshake.isTls13() && !hello.isHelloRetryRequest()) {
        enter(server, Epoch.HANDSHAKE);
        if (client.epoch() != Epoch.EARLY || client.protection() == null) {
          enter(client, Epoch.HANDSHAKE);
        }
      }
    } else if (message instanceof Certificate shown) {
      remember(from, row, shown);
    } else if (message instanceof CompressedCertificate compressed) {
      CertificateDecompression.of(compressed, row.context())
          .ifPresent(shown -> remember(from, row, shown));
    } else if (message instanceof Finished && handshake.isTls13()) {
      clientFlightOver |= from.sender() == Sender.CLIENT;
      enter(from, Epoch.APPLICATION);
    } else if (message instanceof KeyUpdate
        && from.protection() instanceof Tls13Protection present) {
      from.secure(Epoch.APPLICATION, present.updated());
    } else if (row.bytes().u8(0) == HandshakeType.END_OF_EARLY_DATA) {
      enter(from, Epoch.HANDSHAKE);
    }
  }

  private void enter(Direction direction, Epoch epoch) {
    Epoch present = direction.epoch();
    if (present == null || epoch.compareTo(present) > 0) {
      direction.secure(epoch, handshake.tls13Protection(direction.sender(), epoch));
    }
  }

  private void remember(Direction from, Row row, Certificate shown) {
    if (!shown.der().isEmpty()) {
      certificates.add(
          new CertificateList(from.view().connection(), from.sender(), row.frame(), shown.der()));
    }
  }

  /** A record that cannot be opened: what its header tells, and no more. */
  private void closed(Direction from, TlsRecord record) {
    Origin origin = new Origin(record, record.offset(), true, false);
    ClosedRecord told =
        handshake.isTls13()
            ? ClosedRecord.ofTls13(record, clientFlightOver)
            : ClosedRecord.of(record, from.epoch() == Epoch.EARLY);
    int length = record.fragment().length();
    clientFlightOver |=
        handshake.isTls13() && from.sender() == Sender.CLIENT && isAsLongAsFinished(length);
    handshake.missedSomething();
    if (told.type().equals("ApplicationData")) {
      from.plaintext().cut();
    }
    add(
        from,
        Row.Kind.ENCRYPTED,
        told.type(),
        record.fragment(),
        length,
        origin,
        record,
        told.summary());
  }

  /** Header, checksum, content type and tag; only then the client's flight can be over. */
  private boolean isAsLongAsFinished(int length) {
    return handshake.parameters().map(p -> 4 + p.prfLength() + 1 + 16 == length).orElse(false);
  }

  /** What is left when no more records can be read. */
  private void end(Direction from) {
    Origin begun = from.assembler().pendingOrigin();
    Bytes pending = from.assembler().pending();
    if (begun != null && !pending.isEmpty()) {
      rows.add(
          new Row(
              from.view(),
              Row.Kind.HANDSHAKE,
              new HandshakeType(pending.u8(0)).toString(),
              handshake.context(begun.record().version()),
              pending,
              Math.max(0, pending.length() - 4),
              begun,
              begun.record().lastOffset(),
              "malformed: cut off, " + pending.length() + " bytes are here at offset 0"));
    }
    String trouble = from.reader().trouble();
    if (trouble == null) {
      return;
    }
    int at = from.reader().offset();
    String where = "connection " + from.view().connection() + ", " + from.sender().label();
    warnings.add(where + ": " + trouble + ", at offset " + at + " of what it sent");
    if (!from.reader().isCutOff()) {
      Bytes rest = from.reader().rest();
      TlsRecord record = new TlsRecord(0, version(), at, 0, rest);
      Origin origin = new Origin(record, at, false, false);
      add(
          from,
          Row.Kind.GARBAGE,
          "ApplicationData",
          rest,
          rest.length(),
          origin,
          record,
          "malformed: "
              + trouble
              + " at offset "
              + at
              + "; "
              + rest.length()
              + " bytes are not read");
    }
  }

  private void warnAboutKeys() {
    int number = client.view().connection();
    if (client.hasWrongKeys() && server.hasWrongKeys()) {
      warnings.add(
          "connection " + number + ": the key log has secrets for it, but they do not open it");
    }
    var suite = handshake.suite();
    if (suite != null && handshake.parameters().isEmpty()) {
      warnings.add("connection " + number + ": records under " + suite + " cannot be opened here");
    }
  }

  private void add(
      Direction from,
      Row.Kind kind,
      String type,
      Bytes bytes,
      int length,
      Origin origin,
      TlsRecord last,
      String summary) {
    rows.add(
        new Row(
            from.view(),
            kind,
            type,
            handshake.context(origin.record().version()),
            bytes,
            length,
            origin,
            last.lastOffset(),
            summary));
  }

  private static String malformed(Malformed e) {
    return "malformed: " + e.reason() + " at offset " + e.offset();
  }
}
