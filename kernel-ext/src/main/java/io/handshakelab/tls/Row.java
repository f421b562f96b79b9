package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tcp.StreamView;
import io.handshakelab.tls.message.MessageContext;
import io.handshakelab.tls.registry.ProtocolVersion;

/** A message on its way into the table: its number and version are known only at the end. */
final class Row {
  /** How the bytes of a message are explained. */
  enum Kind {
    HANDSHAKE,
    SSL_V2_HELLO,
    SSL_V2,
    ALERT,
    HEARTBEAT,
    CHANGE_CIPHER_SPEC,
    APPLICATION_DATA,
    ENCRYPTED,
    GARBAGE
  }

  private final StreamView view;
  private final Kind kind;
  private final String type;
  private final MessageContext context;
  private final Bytes bytes;
  private final int length;
  private final int recordVersion;
  private final int recordOffset;
  private final int firstByte;
  private final int lastByte;
  private final boolean encrypted;
  private final boolean decrypted;
  private String summary;

  /** 0 until somebody asks. */
  private int frame;

  Row(
      StreamView view,
      Kind kind,
      String type,
      MessageContext context,
      Bytes bytes,
      int length,
      HandshakeAssembler.Origin origin,
      int lastByte,
      String summary) {
    this.view = view;
    this.kind = kind;
    this.type = type;
    this.context = context;
    this.bytes = bytes;
    this.length = length;
    this.recordVersion = origin.record().version();
    this.recordOffset = origin.record().offset();
    this.firstByte = origin.firstByte();
    this.lastByte = lastByte;
    this.encrypted = origin.encrypted();
    this.decrypted = origin.decrypted();
    this.summary = summary;
  }

  void add(String more) {
    summary += more;
  }

  Kind kind() {
    return kind;
  }

  String type() {
    return type;
  }

  MessageContext context() {
    return context;
  }

  Bytes bytes() {
    return bytes;
  }

  /** Number of the frame with which the record that holds its last byte was complete. */
  int frame() {
    if (frame == 0) {
      frame = view.readyFrameAt(lastByte);
    }
    return frame;
  }

  TlsMessage message(int number, long timeNanos, int negotiatedVersion) {
    int version = negotiatedVersion == 0 ? recordVersion : negotiatedVersion;
    return new TlsMessage(
        number,
        view.connection(),
        frame(),
        timeNanos,
        view.sender(),
        type,
        new ProtocolVersion(version).toString(),
        length,
        view.position() + recordOffset,
        view.seqAt(firstByte),
        view.ackAt(firstByte),
        encrypted,
        decrypted,
        summary,
        view.evidenceAt(firstByte),
        bytes);
  }
}
