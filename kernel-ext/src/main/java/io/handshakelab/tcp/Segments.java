package io.handshakelab.tcp;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All TCP segments of a capture in columns: row {@code i}, from 0, is one segment. */
public final class Segments {
  private final Capture capture;
  private final SegmentColumns columns;
  private final List<Flow> flows;
  private final Supplier<StateHistory> history;
  private volatile @Nullable StateHistory told;
  private final Notes notes;

  Segments(
      Capture capture, SegmentColumns columns, List<Flow> flows, Supplier<StateHistory> history) {
    this.capture = capture;
    this.columns = columns;
    this.flows = flows;
    this.history = history;
    this.notes = new Notes(columns, flows);
  }

  public int size() {
    return columns.count;
  }

  public int frame(int i) {
    return columns.frame[i];
  }

  public long timeNanos(int i) {
    return capture.timeNanos(columns.frame[i]);
  }

  public int connection(int i) {
    return columns.connection[i];
  }

  public Sender sender(int i) {
    return columns.sender(i);
  }

  /** The control bits as in the header: FIN 0x01, SYN 0x02, RST 0x04, PSH 0x08, ACK 0x10 … */
  public int flags(int i) {
    return columns.flags(i);
  }

  /** {@code SYN,ACK}: in the order FIN,SYN,RST,PSH,ACK,URG,ECE,CWR. */
  public String flagNames(int i) {
    return Flags.names(columns.flags(i));
  }

  /** Relative to the sender's initial sequence number. */
  public long seq(int i) {
    return SequenceNumber.relative(columns.seq[i], from(i, sender(i)).baseAt(i));
  }

  /** Relative, or -1 without ACK. */
  public long ack(int i) {
    return Flags.has(columns.flags(i), Flags.ACK)
        ? SequenceNumber.relative(columns.ack[i], from(i, sender(i).other()).baseAt(i))
        : -1;
  }

  public long seqRaw(int i) {
    return SequenceNumber.raw(columns.seq[i]);
  }

  /** As it stands in the header, also without ACK. */
  public long ackRaw(int i) {
    return SequenceNumber.raw(columns.ack[i]);
  }

  /** Octets of data, by the IP header. */
  public int length(int i) {
    return columns.length[i];
  }

  /** Octets of window, scaled where the scale is known (RFC 7323 §2.3). */
  public int window(int i) {
    return columns.window[i];
  }

  /** The client's state after this segment, or null where it cannot be known. */
  public @Nullable TcpState clientState(int i) {
    return history().state(Sender.CLIENT, i);
  }

  /** The server's state after this segment, or null where it cannot be known. */
  public @Nullable TcpState serverState(int i) {
    return history().state(Sender.SERVER, i);
  }

  /** What is worth saying about it, or null. */
  public @Nullable String note(int i) {
    return notes.of(i, history().state(sender(i), i));
  }

  public Evidence evidence(int i) {
    return capture.evidence(columns.frame[i]);
  }

  /** How many duplicate ACKs of the same number this one makes, or 0 if it is none. */
  int duplicates(int i) {
    return Finding.count(columns.findings[i]);
  }

  boolean has(int i, Finding finding) {
    return columns.has(i, finding);
  }

  private StateHistory history() {
    StateHistory known = told;
    if (known == null) {
      known = history.get();
      told = known;
    }
    return known;
  }

  private Direction from(int i, Sender end) {
    return flows.get(columns.connection[i]).from(end);
  }
}
