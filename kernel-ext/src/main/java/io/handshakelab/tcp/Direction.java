package io.handshakelab.tcp;

import org.jspecify.annotations.Nullable;

/** What is known of the segments that one end has sent so far. */
final class Direction {
  static final int NO_ROW = -1;

  private static final int MAX_REBASES = 16;

  /** No SYN of this end was captured. */
  static final int SCALE_UNKNOWN = -1;

  /** Scaling needs the option in both SYNs (RFC 7323 §2.2), and one was without it. */
  static final int SCALE_NONE = -2;

  /** In place of a count: an acknowledgement of data that is not there was reported already. */
  static final int ACKED_UNSEEN = -1;

  /** The number that is relative 0: the initial sequence number, or the one before the first. */
  int base;

  boolean baseKnown;

  private @Nullable Earlier earlier;

  /** Whether {@link #base} comes from a SYN, not from where the capture happens to begin. */
  boolean baseExact;

  /** Sequence number of the first octet of the stream. */
  int origin;

  boolean originKnown;

  /** The highest sequence number that is still to come, and when it became that. */
  int next;

  boolean nextKnown;
  long nextNanos;

  /** How far the other end can have everything, or was seen to acknowledge. */
  int acknowledgeable;

  boolean acknowledgeableKnown;

  /** Whether it has acknowledged what belongs to this connection. */
  boolean hasAnswered;

  int lastAck;
  long lastAckNanos;
  boolean ackSeen;
  int highestAck;

  /** The right edge of the window that it has offered: what lies behind it is not taken. */
  int edge;

  /** How often the last acknowledgement was repeated, or {@link #ACKED_UNSEEN}. */
  int duplicateAcks;

  int lastWindow;

  /** The window of a SYN is never scaled (RFC 7323 §2.2). */
  boolean lastWindowUnscaled;

  /** The shift of its windows, or one of the two below. */
  int windowScale = SCALE_UNKNOWN;

  int lastFindings;

  int firstSynRow = NO_ROW;
  int firstSynAckRow = NO_ROW;
  int firstRstRow = NO_ROW;
  int lastDataOrFinRow = NO_ROW;
  int finRow = NO_ROW;
  int finSeq;

  /** The segment of this end that made the FIN's arrival complete: nothing before it is missing. */
  int finCompleteRow = NO_ROW;

  /** The end of the last octet that probed a closed window: it may not have been taken. */
  int probeEnd;

  boolean probeKnown;

  /** The end of what it has sent behind the window that it was offered. */
  int cutEnd;

  boolean cutKnown;

  final Reassembler stream = new Reassembler();

  /** What relative numbers counted from before this row. */
  private record Earlier(int row, int base, boolean exact, @Nullable Earlier older, int depth) {}

  /** A SYN,ACK with another number: of a new connection, whose SYN was not captured. */
  boolean isRebasedBy(int seq) {
    return baseKnown && seq != base && (earlier == null || earlier.depth < MAX_REBASES);
  }

  void rebase(int seq, int row) {
    earlier = new Earlier(row, base, baseExact, earlier, earlier == null ? 1 : earlier.depth + 1);
    base = seq;
    baseExact = true;
  }

  /** What the relative numbers of this row count from. */
  int baseAt(int row) {
    int found = base;
    for (Earlier before = earlier; before != null && row < before.row; before = before.older) {
      found = before.base;
    }
    return found;
  }

  /** Whether {@link #baseAt} comes from a SYN. */
  boolean isBaseExactAt(int row) {
    boolean exact = baseExact;
    for (Earlier before = earlier; before != null && row < before.row; before = before.older) {
      exact = before.exact;
    }
    return exact;
  }

  void baseFromOwn(int seq, boolean syn) {
    if (!baseKnown) {
      base = syn ? seq : SequenceNumber.plus(seq, -1);
      baseKnown = true;
      baseExact = syn;
    }
  }

  void baseFromAck(int ack, boolean exact) {
    if (!baseKnown) {
      base = SequenceNumber.plus(ack, -1);
      baseKnown = true;
      baseExact = exact;
    }
  }

  /** What a SYN of this end says of scaling; the other end's SYN may have said no before. */
  void scale(int shift, boolean reply, Direction peer) {
    if (shift < 0) {
      windowScale = SCALE_NONE;
      peer.windowScale = SCALE_NONE;
    } else {
      windowScale = reply && peer.windowScale == SCALE_NONE ? SCALE_NONE : shift;
    }
  }

  boolean synSeen() {
    return firstSynRow != NO_ROW || firstSynAckRow != NO_ROW;
  }

  /** Offset in the stream of the octet with this sequence number. */
  int offset(int seq) {
    return SequenceNumber.distance(origin, seq);
  }

  /** The sequence number that the receiver expects next, as far as the capture tells. */
  int receivedUpTo() {
    return SequenceNumber.plus(origin, stream.contiguous());
  }

  /** Whether this end has sent all of what the other wants from it (RFC 9293 §3.6). */
  boolean finSent() {
    return finRow != NO_ROW;
  }

  boolean finSentBefore(int row) {
    return finSent() && finRow < row;
  }

  boolean finCoveredBy(int ack) {
    return finSent() && SequenceNumber.isAfter(ack, finSeq);
  }
}
