package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.capture.Evidence;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.StreamView;
import io.handshakelab.tls.message.Message;
import io.handshakelab.tls.message.MessageContext;
import io.handshakelab.tls.message.Messages;
import io.handshakelab.tls.registry.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way into the table: its number and version are known only at the end. Its
 * summary is made when somebody wants to see it.
 */
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
  private final int recordOffset;
  private final int firstByte;
  private final int lastByte;
  private final boolean encrypted;
  private final boolean decrypted;

  /** Null if the message itself says it. */
  private final @Nullable String said;

  /** What is to be said behind that. */
  private String more;

  /** What was read, for a summary that is made soon. */
  private @Nullable Message message;

  private boolean isKept = true;

  /** The negotiated one of the connection, once that is known, else the record's. */
  private int version;

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
      @Nullable String said,
      @Nullable Message message,
      String more) {
    this.view = view;
    this.kind = kind;
    this.type = type;
    this.context = context;
    this.bytes = bytes;
    this.length = length;
    this.version = origin.record().version();
    this.recordOffset = origin.record().offset();
    this.firstByte = origin.firstByte();
    this.lastByte = lastByte;
    this.encrypted = origin.encrypted();
    this.decrypted = origin.decrypted();
    this.said = said;
    this.message = message;
    this.more = more;
  }

  /** Adds to what is to be said of it. */
  void add(String further) {
    more += further;
  }

  /** All of its connection was read, in which this version was agreed upon, or none if it is 0. */
  void settle(int negotiatedVersion) {
    if (negotiatedVersion != 0) {
      version = negotiatedVersion;
    }
  }

  /** Forgets what can be had again from the bytes. */
  void forgetMessage() {
    isKept = false;
    message = null;
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

  int connection() {
    return view.connection();
  }

  Sender sender() {
    return view.sender();
  }

  String version() {
    return ProtocolVersion.name(version);
  }

  /** As it goes on the wire, of the connection or else of the record. */
  int versionNumber() {
    return version;
  }

  int length() {
    return length;
  }

  /** In the sender's stream, of the record that carries its first byte. */
  long offset() {
    return view.position() + recordOffset;
  }

  long seq() {
    return view.seqAt(firstByte);
  }

  /** -1 if there is none. */
  long ack() {
    return view.ackAt(firstByte);
  }

  boolean encrypted() {
    return encrypted;
  }

  boolean decrypted() {
    return decrypted;
  }

  Evidence evidence() {
    return view.evidenceAt(firstByte);
  }

  /** Made anew each time. */
  String summary() {
    if (said != null) {
      return said.concat(more);
    }
    Message read = read();
    return read == null ? malformed().concat(more) : read.summary().concat(more);
  }

  /** The summary in two parts, as {@link Message#summaryStart} has it. */
  String summaryStart() {
    if (said != null) {
      return said;
    }
    Message read = read();
    return read == null ? malformed() : read.summaryStart();
  }

  /** The rest. */
  String summaryEnd() {
    Message read = said == null ? read() : null;
    return read == null ? more : read.summaryEnd().concat(more);
  }

  private @Nullable Message read() {
    Message known = message;
    if (known == null) {
      try {
        known = Messages.handshake(bytes, context);
        message = isKept ? known : null;
      } catch (Malformed e) {
        return null;
      }
    }
    return known;
  }

  private String malformed() {
    try {
      return Messages.handshake(bytes, context).summary();
    } catch (Malformed e) {
      return RowSink.malformed(e);
    }
  }

  TlsMessage message(int number, long timeNanos) {
    return new TlsMessage(
        number,
        connection(),
        frame(),
        timeNanos,
        sender(),
        type,
        version(),
        length,
        offset(),
        seq(),
        ack(),
        encrypted,
        decrypted,
        summary(),
        evidence(),
        bytes);
  }
}
