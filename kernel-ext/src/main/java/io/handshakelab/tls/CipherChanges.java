package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tls.HandshakeAssembler.Origin;
import io.handshakelab.tls.protection.RecordProtection.Opened;
import io.handshakelab.tls.registry.HandshakeType;

/**
 * Reads ChangeCipherSpec and knows where it belongs: up to TLS 1.2 right before Finished (RFC 5246
 * §7.1), in TLS 1.3 anywhere before it and without a meaning (RFC 8446 §5).
 */
final class CipherChanges {
  private static final Bytes ONE = Bytes.of((byte) 1);

  private final Direction client;
  private final Direction server;
  private final Handshake handshake;
  private final MessageEffects effects;
  private final RowSink rows;
  private boolean serverHello;
  private boolean serverDone;
  private boolean keyExchange;
  private boolean clientChanged;
  private boolean serverChanged;

  CipherChanges(
      Direction client,
      Direction server,
      Handshake handshake,
      MessageEffects effects,
      RowSink rows) {
    this.client = client;
    this.server = server;
    this.handshake = handshake;
    this.effects = effects;
    this.rows = rows;
  }

  /** A handshake message was read, by which the next ChangeCipherSpec is judged. */
  void after(int handshakeType) {
    switch (handshakeType) {
      case HandshakeType.CLIENT_HELLO -> {
        serverHello = false;
        serverDone = false;
        keyExchange = false;
        clientChanged = false;
        serverChanged = false;
      }
      case HandshakeType.SERVER_HELLO -> serverHello = true;
      case HandshakeType.SERVER_HELLO_DONE -> serverDone = true;
      case HandshakeType.CLIENT_KEY_EXCHANGE -> keyExchange = true;
      default -> {}
    }
  }

  void read(Direction from, TlsRecord record) {
    boolean wasSecured =
        from.isSecured() && !handshake.isTls13() && record.fragment().length() != 1;
    Opened opened = wasSecured ? from.open(record) : null;
    Bytes content = opened == null ? record.fragment() : opened.content();
    boolean clear = !wasSecured || opened != null;
    boolean openVersion = handshake.version() == null && handshake.offersTls13() && !keyExchange;
    boolean meaningless = handshake.isTls13() || openVersion;
    boolean alone = isAlone(from, record);
    String disorder = clear && !alone && nothingMissing() ? disorder(from, meaningless) : "";
    rows.add(
        from.view(),
        clear ? Row.Kind.CHANGE_CIPHER_SPEC : Row.Kind.ENCRYPTED,
        "ChangeCipherSpec",
        content,
        new Origin(record, record.offset(), wasSecured, opened != null),
        clear ? summary(content, meaningless, alone && openVersion) + disorder : "encrypted");
    if (alone && openVersion) {
      from.doubt(); // up to TLS 1.2 the next record is encrypted, in TLS 1.3 its type says so
    }
    boolean again = isChanged(from) && !disorder.isEmpty();
    if (!meaningless && !again && (disorder.isEmpty() || serverHello)) {
      changed(from);
      effects.ofCipherChange(from);
    }
  }

  /** Whether the other end sent something of which nothing is in the capture. */
  private boolean isAlone(Direction from, TlsRecord record) {
    Direction other = from == client ? server : client;
    return other.view().length() == 0 && from.view().ackAt(record.offset()) > 1;
  }

  private static String summary(Bytes content, boolean meaningless, boolean unsure) {
    if (!content.equals(ONE)) {
      return "malformed: not the single octet 1 at offset 0";
    }
    if (unsure) {
      return "the new keys are used from now on, or in TLS 1.3 no meaning: no ServerHello is here";
    }
    return meaningless
        ? "no meaning in TLS 1.3: eases the way through middleboxes (RFC 8446 §D.4)"
        : "the new keys are used from now on";
  }

  /** Why this is not the place for it, or empty. */
  private String disorder(Direction from, boolean meaningless) {
    if (meaningless) {
      return from.isFlightOver() ? ", out of order: after Finished (RFC 8446 §5)" : "";
    }
    boolean isClient = from.role() == Sender.CLIENT;
    if (isChanged(from)) {
      return ", out of order: a second one without a handshake between";
    } else if (!serverHello) {
      return ", out of order: before a ServerHello there are no keys";
    } else if (isClient && !keyExchange && !serverChanged) {
      return ", out of order: before the ClientKeyExchange";
    } else if (!isClient && serverDone && !clientChanged) {
      return ", out of order: before the client's";
    }
    return "";
  }

  private boolean nothingMissing() {
    return client.gaps() == 0
        && server.gaps() == 0
        && !client.isUncertain()
        && !server.isUncertain();
  }

  private boolean isChanged(Direction from) {
    return from.role() == Sender.CLIENT ? clientChanged : serverChanged;
  }

  private void changed(Direction from) {
    if (from.role() == Sender.CLIENT) {
      clientChanged = true;
    } else {
      serverChanged = true;
    }
  }
}
