package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tcp.StreamView;
import io.handshakelab.tls.protection.RecordProtection;
import org.jspecify.annotations.Nullable;

/** One end's records, and how they are protected at the moment. */
final class Direction {
  private static final int MOST_TRIES = 8;

  private final Sender role;
  private final PlaintextView firstPlaintext;
  private final HandshakeAssembler assembler = new HandshakeAssembler();
  private StreamView view;
  private RecordReader reader;
  private PlaintextView plaintext;
  private @Nullable TlsRecord head;
  private String remark = "";
  private Bytes halfAlert = Bytes.EMPTY;
  private boolean withinMessage;
  private boolean behindGap;
  private int version;
  private long missed;
  private int tries;
  private int gaps;
  private long lost;
  private boolean over;
  private boolean uncertain;
  private boolean secured;
  private @Nullable Epoch epoch;
  private @Nullable RecordProtection protection;
  private boolean hadKeys;
  private boolean opened;
  private boolean flightOver;

  /**
   * @param role which end of TLS it is, whoever opened the TCP connection
   */
  Direction(Sender role, TlsStart.Side start) {
    this.role = role;
    this.view = start.view();
    this.reader = new RecordReader(view, start.offset(), start.sslV2());
    this.plaintext = new PlaintextView(view);
    this.firstPlaintext = plaintext;
    take();
  }

  /** Which end of TLS this is. */
  Sender role() {
    return role;
  }

  /** What is read at present: the stream, or a part of it behind a gap. */
  StreamView view() {
    return view;
  }

  RecordReader reader() {
    return reader;
  }

  HandshakeAssembler assembler() {
    return assembler;
  }

  /** All that was decrypted. */
  PlaintextView plaintext() {
    return firstPlaintext;
  }

  void addPlaintext(TlsRecord record, Bytes content) {
    if (plaintext.isCut()) {
      plaintext = plaintext.continueIn(view);
    }
    plaintext.add(record, content);
  }

  /** Data was sent that cannot be read. */
  void missPlaintext() {
    plaintext.cut();
  }

  /** Data was read of which no more is kept. */
  void limitPlaintext() {
    plaintext.cutAtLimit();
  }

  /** The next record, still to be taken. */
  @Nullable TlsRecord head() {
    return head;
  }

  void take() {
    head = reader.next();
    if (head != null) {
      version = head.version();
    }
  }

  /** Asked once for each record: whether something is missing right before it. */
  boolean isFirstBehindGap() {
    boolean first = behindGap;
    behindGap = false;
    return first;
  }

  /** Behind a gap the next handshake record may be the middle of a message. */
  boolean isWithinMessage() {
    return withinMessage;
  }

  void startMessage() {
    withinMessage = false;
  }

  /** Something to be said in the row of the next message. */
  void remark(String about) {
    remark = about;
  }

  String takeRemark() {
    String said = remark;
    remark = "";
    return said;
  }

  /** The first octet of an alert whose second is still to come. */
  Bytes halfAlert() {
    return halfAlert;
  }

  void keepHalfAlert(Bytes octet) {
    halfAlert = octet;
  }

  /** The version of the last record's header, or 0. */
  int recordVersion() {
    return version;
  }

  /** Here are octets that cannot be read; how many records they hold is not known. */
  void lose(long octets) {
    gaps++;
    lost += octets;
    missed = octets;
    uncertain = true;
    tries = 0;
    assembler.clear();
    withinMessage = true;
    behindGap = true;
    halfAlert = Bytes.EMPTY;
    plaintext.cut();
  }

  /** Goes on behind a gap. */
  void resume(StreamView next, int offset) {
    view = next;
    reader = new RecordReader(next, offset, false);
    take();
  }

  /** Nothing more can be read, here or behind a gap. */
  void finish() {
    over = true;
    if (protection != null) {
      protection.close();
    }
  }

  boolean isOver() {
    return over;
  }

  int gaps() {
    return gaps;
  }

  /** Octets that are missing, or were skipped. */
  long lostOctets() {
    return lost;
  }

  /** Whether what is read at present breaks off, though this end sent more. */
  boolean breaksOff() {
    return head == null && (reader.trouble() != null || view.cutOff());
  }

  /** It is not known whether the next record is encrypted, nor which number it has. */
  void doubt() {
    uncertain = true;
  }

  boolean isUncertain() {
    return uncertain;
  }

  /**
   * Whether something is missing between the record that was opened last and this one, so that its
   * number is not known. Only so many records are worth the search.
   */
  boolean mayBeBehindGap() {
    if (!uncertain || missed == 0 || tries == MOST_TRIES) {
      return false;
    }
    if (tries == 0 && protection != null) {
      protection.lose();
    }
    tries++;
    return true;
  }

  /** A record was opened: the state of protection is known again. */
  void settle() {
    opened = true;
    uncertain = false;
  }

  /** Octets that could not be read before what is read now. */
  long missedOctets() {
    return missed;
  }

  /** From now on records are encrypted: with this, or with keys that are not known. */
  void secure(@Nullable RecordProtection next) {
    RecordProtection before = protection;
    if (before != null) {
      before.close();
    }
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
    if (content != null) {
      settle();
    }
    return content;
  }

  /** A new handshake begins. */
  void beginFlight() {
    flightOver = false;
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
