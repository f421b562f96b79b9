package io.handshakelab.tcp;

/**
 * Tells what a segment is from what both ends have sent before it: retransmission, duplicate ACK,
 * keep-alive and so on. The order of the questions matters: it is the one of Wireshark's TCP
 * analysis, which is the measure for the results.
 */
final class SequenceAnalysis {
  private static final int BARE = Flags.SYN | Flags.FIN | Flags.RST;
  private static final int FAST_RETRANSMISSION_NANOS = 20_000_000;
  private static final int OUT_OF_ORDER_NANOS = 3_000_000;

  private final SegmentColumns columns;

  SequenceAnalysis(SegmentColumns columns) {
    this.columns = columns;
  }

  /** Fills in the findings of a row, and remembers what it changes. */
  void add(Flow flow, int row, int rawWindow, long nanos) {
    Sender sender = columns.sender(row);
    Direction own = flow.from(sender);
    Direction peer = flow.from(sender.other());
    int found = own.nextKnown ? compared(own, peer, row, rawWindow) : first(row, rawWindow);
    int quiet =
        Finding.WINDOW_PROBE.bit() | Finding.KEEP_ALIVE_ACK.bit() | Finding.WINDOW_PROBE_ACK.bit();
    if ((found & quiet) == 0 && isDuplicate(own, row, rawWindow)) {
      found |= Finding.DUPLICATE_ACK.bit();
      own.duplicateAcks = Math.max(own.duplicateAcks, 0) + 1;
      columns.findings[row] |= Finding.counted(own.duplicateAcks);
    }
    found |= acknowledged(own, peer, row);
    found |= repeated(flow, own, peer, row, nanos, found);
    columns.findings[row] |= found;
    remember(own, row, rawWindow, nanos, found);
  }

  private int first(int row, int rawWindow) {
    return isZeroWindow(row, rawWindow) ? Finding.ZERO_WINDOW.bit() : 0;
  }

  private int compared(Direction own, Direction peer, int row, int rawWindow) {
    int length = columns.length[row];
    int seq = columns.seq[row];
    int flags = columns.flags(row);
    boolean inOrder = seq == own.next;
    boolean plain = (flags & BARE) == 0;
    if (length == 1 && inOrder && peer.nextKnown && peer.lastWindow == 0) {
      return Finding.WINDOW_PROBE.bit();
    }
    int found = first(row, rawWindow);
    if (SequenceNumber.isAfter(seq, own.next) && !Flags.has(flags, Flags.RST)) {
      found |= Finding.SEGMENT_MISSING.bit();
    }
    if (length <= 1 && seq == SequenceNumber.plus(own.next, -1) && plain) {
      found |= Finding.KEEP_ALIVE.bit();
    }
    boolean repeats = length == 0 && inOrder && columns.ack[row] == own.lastAck && plain;
    if (repeats && rawWindow != 0 && rawWindow != own.lastWindow) {
      found |= Finding.WINDOW_UPDATE.bit();
    }
    if (length > 0 && plain && fillsWindow(peer, row)) {
      found |= Finding.WINDOW_FULL.bit();
    }
    if (repeats && rawWindow == own.lastWindow) {
      if (rawWindow != 0 && Finding.KEEP_ALIVE.in(peer.lastFindings)) {
        found |= Finding.KEEP_ALIVE_ACK.bit();
      } else if (rawWindow == 0 && Finding.WINDOW_PROBE.in(peer.lastFindings)) {
        found |= Finding.WINDOW_PROBE_ACK.bit();
      }
    }
    return found;
  }

  private boolean isZeroWindow(int row, int rawWindow) {
    return rawWindow == 0 && (columns.flags(row) & BARE) == 0;
  }

  private boolean isDuplicate(Direction own, int row, int rawWindow) {
    return own.nextKnown
        && columns.length[row] == 0
        && rawWindow != 0
        && rawWindow == own.lastWindow
        && columns.seq[row] == own.next
        && columns.ack[row] == own.lastAck
        && (columns.flags(row) & BARE) == 0;
  }

  private boolean fillsWindow(Direction peer, int row) {
    if (peer.windowScale == Direction.SCALE_UNKNOWN || !peer.nextKnown) {
      return false;
    }
    int scale = peer.lastWindowUnscaled ? 0 : Math.max(peer.windowScale, 0);
    int edge = SequenceNumber.plus(peer.lastAck, peer.lastWindow << scale);
    return columns.endSeq(row) == edge;
  }

  private int acknowledged(Direction own, Direction peer, int row) {
    int ack = columns.ack[row];
    if (ack != own.lastAck) {
      own.duplicateAcks = 0;
    }
    if (Flags.has(columns.flags(row), Flags.ACK)
        && peer.acknowledgeableKnown
        && SequenceNumber.isAfter(ack, peer.acknowledgeable)) {
      if (SequenceNumber.isBefore(peer.acknowledgeable, peer.next)) {
        peer.acknowledgeable = peer.next;
        return Finding.ACKED_UNSEEN.bit();
      }
      // Said once, and again when what the other end acknowledges has changed.
      boolean first = peer.duplicateAcks == 0;
      peer.duplicateAcks = Direction.ACKED_UNSEEN;
      return first ? Finding.ACKED_UNSEEN.bit() : 0;
    }
    return 0;
  }

  /** Whether octets, a SYN or a FIN went by again, and why that may be. */
  private int repeated(
      Flow flow, Direction own, Direction peer, int row, long nanos, int alreadyFound) {
    int length = columns.length[row];
    int seq = columns.seq[row];
    int extra = Flags.sequenceSpace(columns.flags(row)) == 0 ? 0 : 1;
    if (length + extra == 0 || Finding.KEEP_ALIVE.in(alreadyFound)) {
      return 0;
    }
    int end = SequenceNumber.plus(seq, length);
    if (length > 0 && peer.lastAck != 0 && !SequenceNumber.isAfter(end, peer.lastAck)) {
      return Finding.SPURIOUS_RETRANSMISSION.bit();
    }
    boolean again = own.nextKnown && SequenceNumber.isBefore(seq, own.next);
    if (!again || (length > 1 && seq == SequenceNumber.plus(own.next, -1))) {
      return 0; // new data behind what may have been a probe of one octet
    }
    if (peer.duplicateAcks >= 2
        && peer.lastAck == seq
        && nanos - peer.lastAckNanos < FAST_RETRANSMISSION_NANOS) {
      return Finding.FAST_RETRANSMISSION.bit();
    }
    long patience = flow.firstRoundTripNanos == 0 ? OUT_OF_ORDER_NANOS : flow.firstRoundTripNanos;
    if (nanos - own.nextNanos < patience && own.next != SequenceNumber.plus(end, extra)) {
      return Finding.OUT_OF_ORDER.bit();
    }
    return Finding.RETRANSMISSION.bit();
  }

  private void remember(Direction own, int row, int rawWindow, long nanos, int found) {
    int flags = columns.flags(row);
    int end = columns.endSeq(row);
    boolean probe = Finding.WINDOW_PROBE.in(found);
    if (!probe && (!own.nextKnown || SequenceNumber.isAfter(end, own.next))) {
      own.next = end;
      own.nextKnown = true;
      own.nextNanos = nanos;
    }
    if (!probe && (!own.acknowledgeableKnown || columns.seq[row] == own.acknowledgeable)) {
      own.acknowledgeable = own.next;
      own.acknowledgeableKnown = true;
    }
    own.lastWindow = rawWindow;
    own.lastWindowUnscaled = Flags.has(flags, Flags.SYN);
    own.lastAck = columns.ack[row];
    own.lastAckNanos = nanos;
    own.lastFindings = found;
  }
}
