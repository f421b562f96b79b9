package io.handshakelab.tls;

import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.StreamView;
import io.handshakelab.tls.protection.RecordProtection;
import org.jspecify.annotations.Nullable;

/** One end's records, and how they are protected at the moment. */
final class Direction {
  private final StreamView view;
  private final RecordReader reader;
  private final HandshakeAssembler assembler = new HandshakeAssembler();
  private final PlaintextView plaintext;
  private @Nullable TlsRecord head;
  private boolean secured;
  private @Nullable Epoch epoch;
  private @Nullable RecordProtection protection;
  private boolean hadKeys;
  private boolean opened;
  private boolean flightOver;

  Direction(StreamView view) {
    this.view = view;
    this.reader = new RecordReader(view.bytes());
    this.plaintext = new PlaintextView(view);
    this.head = reader.next();
  }

  Sender sender() {
    return view.sender();
  }

  StreamView view() {
    return view;
  }

  RecordReader reader() {
    return reader;
  }

  HandshakeAssembler assembler() {
    return assembler;
  }

  PlaintextView plaintext() {
    return plaintext;
  }

  /** The next record, still to be taken. */
  @Nullable TlsRecord head() {
    return head;
  }

  void take() {
    head = reader.next();
  }

  /** Whether something that this end sent before now is missing. */
  boolean endedEarly() {
    return head == null && (reader.trouble() != null || view.cutOff());
  }

  /** From now on records are encrypted: with this, or with keys that are not known. */
  void secure(@Nullable RecordProtection next) {
    secured = true;
    protection = next;
    hadKeys |= next != null;
  }

  void secure(Epoch next, @Nullable RecordProtection keys) {
    epoch = next;
    secure(keys);
  }

  /** Whether its records are encrypted. */
  boolean isSecured() {
    return secured;
  }

  /** In TLS 1.3, once it is secured. */
  @Nullable Epoch epoch() {
    return epoch;
  }

  @Nullable RecordProtection protection() {
    return protection;
  }

  /** The content of this record, or null if it cannot be opened with the present keys. */
  RecordProtection.@Nullable Opened open(TlsRecord record) {
    RecordProtection present = protection;
    RecordProtection.Opened content =
        present == null ? null : present.open(record.type(), record.version(), record.fragment());
    opened |= content != null;
    return content;
  }

  /** Its Finished was sent: what comes now may be data. */
  void finishFlight() {
    flightOver = true;
  }

  boolean isFlightOver() {
    return flightOver;
  }

  /** Whether there were keys for this end's records, none of which they opened. */
  boolean hasWrongKeys() {
    return hadKeys && !opened;
  }
}
