package io.handshakelab.tls;

import io.handshakelab.tcp.Connection;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.StreamView;
import io.handshakelab.tls.HandshakeAssembler.Origin;
import io.handshakelab.tls.protection.KeyLog;
import io.handshakelab.tls.protection.RecordProtection.Opened;
import io.handshakelab.tls.registry.HandshakeType;
import io.handshakelab.tls.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one connection: the records of both ends in the order in which they arrived. */
final class ConnectionReader {
  private final TlsStart start;
  private final Direction client;
  private final Direction server;
  private final Handshake handshake;
  private final RowSink rows;
  private final RecordOpener opener;
  private final MessageEffects effects;
  private final RecordLimits limits = new RecordLimits();
  private final CipherChanges cipherChanges;
  private final RecordContents contents;
  private final GapCrossing gaps;
  private final StreamEnd end;
  private final PlaintextLimit.Share share;
  private final List<String> warnings = new ArrayList<>();

  private ConnectionReader(
      TlsStart start, KeyLog keyLog, SessionMemory sessions, PlaintextLimit limit) {
    this.start = start;
    this.share = limit.share();
    this.client = new Direction(Sender.CLIENT, start.client());
    this.server = new Direction(Sender.SERVER, start.server());
    this.handshake = new Handshake(keyLog, sessions);
    this.rows = new RowSink(handshake);
    this.opener = new RecordOpener(handshake);
    this.effects = new MessageEffects(client, server, handshake);
    this.cipherChanges = new CipherChanges(client, server, handshake, effects, rows);
    this.contents =
        new RecordContents(handshake, effects, rows, limits, cipherChanges, share, start.note());
    this.gaps = new GapCrossing(rows);
    this.end = new StreamEnd(rows, handshake, warnings);
  }

  /** Null if no TLS is spoken in this connection. */
  static @Nullable ConnectionReader of(
      Connection connection, KeyLog keyLog, SessionMemory sessions, PlaintextLimit limit) {
    TlsStart start = TlsStart.of(connection);
    return start == null ? null : new ConnectionReader(start, keyLog, sessions, limit);
  }

  void read() {
    join(client, HandshakeType.CLIENT_HELLO);
    join(server, HandshakeType.SERVER_HELLO);
    for (Direction next = next(); next != null; next = next()) {
      TlsRecord record = next.head();
      if (record != null) {
        record(next, record);
      }
      next.take();
      goOn(next);
      if (rows.isFull()) {
        end.tooMany(next);
        break;
      }
    }
    end.of(client);
    end.of(server);
    warnAboutKeys();
    warnAboutLimit();
  }

  List<Row> rows() {
    return rows.rows();
  }

  List<CertificateList> certificates() {
    return effects.certificates();
  }

  List<String> warnings() {
    return warnings;
  }

  /** Octets of decrypted data that were kept. */
  int plaintextKept() {
    return share.taken();
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
    boolean clientWaits = knows(client, fromClient, server, fromServer);
    if (clientWaits != knows(server, fromServer, client, fromClient)) {
      return clientWaits ? server : client;
    }
    return client.view().readyFrameAt(fromClient.lastOffset())
            <= server.view().readyFrameAt(fromServer.lastOffset())
        ? client
        : server;
  }

  /**
   * Whether a record was sent by one who had received the other: its segment acknowledges that one
   * (RFC 9293 §3.4). Captures may have the two in the wrong order.
   */
  private static boolean knows(
      Direction from, TlsRecord record, Direction peer, TlsRecord received) {
    long ack = from.view().ackAt(record.lastOffset());
    return ack > peer.view().position() + received.lastOffset() + 1;
  }

  /** A stream that does not begin with a hello was begun before the capture. */
  private void join(Direction direction, int hello) {
    goOn(direction);
    TlsRecord first = direction.head();
    if (first == null
        || first.type() == TlsRecord.SSL_V2_HELLO
        || first.type() == TlsRecord.SSL_V2) {
      return;
    }
    if (first.type() == TlsRecord.CUT_HANDSHAKE) {
      if (!HelloShape.mayBegin(first.asWhole(), hello)) {
        direction.doubt();
      }
      return;
    }
    if (start.note().isEmpty()) {
      gaps.join(direction);
    }
    if (!HelloShape.mayBegin(first, hello)) {
      direction.doubt();
    }
  }

  /** Where no more records can be read, there may be some behind a gap. */
  private void goOn(Direction from) {
    if (from.breaksOff() && !from.isFlightOver()) {
      handshake.missedSomething();
    }
    while (from.head() == null && !from.isOver()) {
      end.ofView(from);
      if (!gaps.cross(from)) {
        from.finish();
      }
    }
  }

  private void record(Direction from, TlsRecord record) {
    if (record.type() == TlsRecord.CUT_HANDSHAKE) {
      cutOff(from, record.asWhole());
      return;
    }
    if (from.isFirstBehindGap() && (!from.isFlightOver() || isHandshakeOver())) {
      handshake.missedSomething();
    }
    opener.decide(from, record);
    if (record.type() == TlsRecord.SSL_V2_HELLO) {
      contents.sslV2Hello(from, record);
    } else if (record.type() == TlsRecord.SSL_V2) {
      contents.sslV2(from, record);
    } else if (record.type() == TlsRecord.CHANGE_CIPHER_SPEC) {
      cipherChanges.read(from, record);
    } else if (opener.isTls13Ciphertext(from, record)) {
      opened(from, record, opener.openTls13(from, record));
    } else if (opener.isTls12Ciphertext(from, record)) {
      opened(from, record, opener.open(from, record));
    } else if (record.type() == TlsRecord.APPLICATION_DATA) {
      from.secure(null);
      closed(from, record);
    } else {
      contents.read(from, record, new Opened(record.type(), record.fragment()), false);
    }
  }

  /** The messages in front are whole, and of the last one something can be told, if it is clear. */
  private void cutOff(Direction from, TlsRecord record) {
    boolean goesOn = from.assembler().pendingOrigin() != null;
    boolean begins = Registry.HANDSHAKE_TYPE.name(record.fragment().u8(0)) != null;
    if (!from.isSecured() && !from.isUncertain() && (goesOn || begins)) {
      contents.read(from, record, new Opened(TlsRecord.HANDSHAKE, record.fragment()), false);
    }
  }

  private boolean isHandshakeOver() {
    return client.isFlightOver() && server.isFlightOver();
  }

  private void opened(Direction from, TlsRecord record, @Nullable Opened opened) {
    if (opened == null) {
      closed(from, record);
    } else {
      contents.read(from, record, opened, true);
    }
  }

  /** A record that cannot be opened: what its header tells, and no more. */
  private void closed(Direction from, TlsRecord record) {
    ClosedRecord told =
        handshake.isTls13()
            ? ClosedRecord.ofTls13(
                record, client.isFlightOver() || from.epoch() == Epoch.APPLICATION)
            : ClosedRecord.of(record, from.epoch() == Epoch.EARLY);
    if (handshake.isTls13() && isAsLongAsFinished(record.fragment().length())) {
      from.finishFlight();
    }
    handshake.couldNotOpen(from.role());
    if (told.type().equals("ApplicationData")) {
      from.missPlaintext();
    }
    rows.add(
        from.view(),
        Row.Kind.ENCRYPTED,
        told.type(),
        record.fragment(),
        new Origin(record, record.offset(), true, false),
        told.summary().concat(limits.ofClosed(record, handshake.isTls13())));
  }

  /** Header, checksum, content type and tag; only then the client's flight can be over. */
  private boolean isAsLongAsFinished(int length) {
    return handshake
        .parameters()
        .map(p -> 4 + p.prfLength() + 1 + p.tagLength() == length)
        .orElse(false);
  }

  private void warnAboutLimit() {
    if (share.refused() > 0) {
      warnings.add(
          "connection "
              + client.view().connection()
              + ": "
              + share.refused()
              + " bytes of decrypted data were not kept, only 64 MiB of a connection and 128 MiB of"
              + " a capture are");
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
}
