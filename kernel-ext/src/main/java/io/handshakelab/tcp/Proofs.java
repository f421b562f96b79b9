package io.handshakelab.tcp;

import java.util.BitSet;

/**
 * The first walk over a connection: which segment proves what its sender had sent and received.
 *
 * <p>The order in a capture is not that of an end. What is certain: with each segment an end
 * acknowledges all that it has received in order (RFC 9293 §3.4), and a segment without data
 * carries the next number that it will send.
 */
final class Proofs {
  /** So much that is acknowledged may be missing in the capture. */
  private static final int UNSEEN = 1 << 24;

  private static final int LOSSES =
      Finding.RETRANSMISSION.bit()
          | Finding.FAST_RETRANSMISSION.bit()
          | Finding.SPURIOUS_RETRANSMISSION.bit()
          | Finding.OUT_OF_ORDER.bit()
          | Finding.SEGMENT_MISSING.bit()
          | Finding.ACKED_UNSEEN.bit();

  private final SegmentColumns columns;
  private final Flow flow;
  private final BitSet foreign = new BitSet(0);
  private int firstLossRow = EndFacts.NONE;
  private final EndFacts ofClient = new EndFacts();
  private final EndFacts ofServer = new EndFacts();

  private Proofs(SegmentColumns columns, Flow flow) {
    this.columns = columns;
    this.flow = flow;
  }

  static Proofs of(SegmentColumns columns, Flow flow) {
    Proofs proofs = new Proofs(columns, flow);
    for (int row = flow.firstRow; row >= 0; row = columns.next[row]) {
      proofs.segment(row);
    }
    return proofs;
  }

  /** Whether segments were lost, sent again, or came in another order before this row. */
  boolean isLossyBefore(int row) {
    return firstLossRow != EndFacts.NONE && firstLossRow <= row;
  }

  /** Whether a segment is one of an earlier connection between the same ends. */
  boolean isForeign(int row) {
    return foreign.get(row);
  }

  EndFacts of(Sender end) {
    return end == Sender.CLIENT ? ofClient : ofServer;
  }

  private void segment(int row) {
    Sender sender = columns.sender(row);
    if (firstLossRow == EndFacts.NONE && (columns.findings[row] & LOSSES) != 0) {
      firstLossRow = row;
    }
    EndFacts own = of(sender);
    EndFacts peer = of(sender.other());
    Direction ours = flow.from(sender);
    Direction theirs = flow.from(sender.other());
    int flags = columns.flags(row);
    if (own.firstRow == EndFacts.NONE) {
      own.firstRow = row;
    }
    boolean ack = Flags.has(flags, Flags.ACK);
    if (ack && !isOfThis(theirs, peer, row)) {
      foreign.set(row);
      return;
    }
    if (Flags.has(flags, Flags.RST)) {
      reset(own, peer, ours, flags, row);
    } else if (Flags.has(flags, Flags.SYN)) {
      opening(own, peer, theirs, flags, row);
    } else if (ack) {
      acknowledging(own, peer, theirs, row);
    }
    if (!Flags.has(flags, Flags.RST)) {
      own.lastRow = row;
    }
    if (ack) {
      boolean again = own.ackedKnown && !Flags.has(flags, Flags.SYN);
      own.acked = again ? SequenceNumber.later(own.acked, columns.ack[row]) : columns.ack[row];
      own.ackedKnown = true;
    }
    reach(own, flags, row);
    if (theirs.finSent()) {
      closing(own, peer, ours, theirs, flags, row);
    }
    if (ours.finSent()) {
      finished(own, ours, peer, flags, row);
    }
    deliver(own, peer, ours, theirs, flags, row);
  }

  /**
   * RFC 9293 §3.10.7.4, first check: of a segment whose octets have all been received, nothing is
   * looked at, not even what it acknowledges.
   */
  private boolean isFresh(EndFacts own, EndFacts peer, int row) {
    boolean beyond = peer.edgeKnown && SequenceNumber.isAfter(columns.seq[row], peer.edge);
    boolean bare = columns.endSeq(row) == columns.seq[row];
    return !beyond
        && (bare
            || !own.deliveredKnown
            || SequenceNumber.isAfter(columns.endSeq(row), own.delivered));
  }

  /** How far the other end has received this one's octets in order, at least. */
  private void deliver(
      EndFacts own, EndFacts peer, Direction ours, Direction theirs, int flags, int row) {
    int end = columns.endSeq(row);
    if (Flags.has(flags, Flags.SYN)) {
      own.delivered = end;
      own.deliveredKnown = true;
    } else if (own.deliveredKnown
        && !SequenceNumber.isAfter(columns.seq[row], own.delivered)
        && SequenceNumber.isAfter(end, own.delivered)) {
      own.delivered = end;
    }
    beyond(own, peer, ours, theirs, row);
    int edge = SequenceNumber.plus(columns.ack[row], columns.window[row]);
    if (Flags.has(flags, Flags.ACK) && (!own.edgeKnown || SequenceNumber.isAfter(edge, own.edge))) {
      own.edge = edge;
      own.edgeKnown = true;
    }
    if (Flags.has(flags, Flags.ACK)
        && peer.deliveredKnown
        && SequenceNumber.isAfter(columns.ack[row], peer.delivered)) {
      peer.delivered = columns.ack[row];
    }
  }

  /**
   * RFC 9293 §3.10.7.4, first check: what lies behind the window is cut off. It was sent, and
   * arrived, and may be missing all the same until it is acknowledged.
   */
  private void beyond(EndFacts own, EndFacts peer, Direction ours, Direction theirs, int row) {
    int end = columns.endSeq(row);
    if (peer.edgeKnown
        && theirs.windowScale != Direction.SCALE_UNKNOWN
        && SequenceNumber.isAfter(end, peer.edge)
        && (!own.beyondKnown || SequenceNumber.isAfter(end, own.beyond))) {
      own.beyond = end;
      own.beyondKnown = true;
    }
    if (peer.beyondKnown
        && Flags.has(columns.flags(row), Flags.ACK)
        && !SequenceNumber.isBefore(columns.ack[row], peer.beyond)) {
      peer.beyondKnown = false;
    }
    own.finBeyond |= own.beyondKnown && row == ours.finCompleteRow;
  }

  /** How far this end has come since its SYN. */
  private void reach(EndFacts own, int flags, int row) {
    int end = columns.endSeq(row);
    if (Flags.has(flags, Flags.SYN) || !own.reachKnown || SequenceNumber.isAfter(end, own.reach)) {
      own.reach = end;
      own.reachKnown = true;
    }
  }

  /**
   * Whether the acknowledgement is one of this connection, and not of an earlier one between the
   * same ends that was long under way.
   */
  private boolean isOfThis(Direction theirs, EndFacts peer, int row) {
    int ack = columns.ack[row];
    if (theirs.firstSynAckRow > row && !peer.reachKnown) {
      return false; // the number that it would acknowledge is told only later
    }
    return !theirs.isBaseExactAt(row)
        || !peer.reachKnown
        || isWithin(ack, theirs.baseAt(row), peer.reach);
  }

  /** Whether a number can be one of an end that began with {@code base} and has come so far. */
  static boolean isWithin(int number, int base, int reach) {
    return SequenceNumber.isAfter(number, base) && SequenceNumber.distance(reach, number) <= UNSEEN;
  }

  private void reset(EndFacts own, EndFacts peer, Direction ours, int flags, int row) {
    boolean ack = Flags.has(flags, Flags.ACK);
    boolean elsewhere = ours.isBaseExactAt(row) && isElsewhere(own, ours, ack, row);
    if (own.rstRow == EndFacts.NONE || (own.rstElsewhere && !elsewhere)) {
      own.rstRow = row;
      own.rstHasAck = ack;
      own.rstElsewhere = elsewhere;
      // RFC 9293 §3.10.7.1: what an end sends that knows of no connection.
      boolean stranger = ack ? columns.seq[row] == 0 : peer.synAckRow != EndFacts.NONE;
      boolean answered = own.firstAckRow != EndFacts.NONE || own.synAckRow != EndFacts.NONE;
      own.refused = stranger && !answered && own.synRow != EndFacts.NONE;
    }
  }

  /**
   * Whether the number of a RST is none of this end's own: it answers a segment that came before
   * the end opened, or one of an earlier connection.
   */
  private boolean isElsewhere(EndFacts own, Direction ours, boolean ack, int row) {
    int seq = columns.seq[row];
    return ack ? seq == 0 : own.reachKnown && !isWithin(seq, ours.baseAt(row), own.reach);
  }

  private void opening(EndFacts own, EndFacts peer, Direction theirs, int flags, int row) {
    own.lastSynRow = row;
    if (Flags.has(flags, Flags.ACK)) {
      own.synAckRow = own.synAckRow == EndFacts.NONE ? row : own.synAckRow;
      boolean answers = columns.ack[row] == SequenceNumber.plus(theirs.baseAt(row), 1);
      if (answers && peer.firstAckRow == EndFacts.NONE) {
        peer.answerFirst = peer.answerFirst == EndFacts.NONE ? row : peer.answerFirst;
        peer.answerLast = row;
      }
      return;
    }
    own.synRow = own.synRow == EndFacts.NONE ? row : own.synRow;
    if (peer.synAckRow == EndFacts.NONE) {
      own.unansweredSyns++;
      own.lastUnansweredSyn = row;
    }
  }

  private void acknowledging(EndFacts own, EndFacts peer, Direction theirs, int row) {
    int ack = columns.ack[row];
    if (own.firstAckRow == EndFacts.NONE) {
      own.firstAckRow = row;
      own.refused = false; // its RST was for something else
      if (own.rstElsewhere) {
        own.rstRow = EndFacts.NONE;
        own.rstElsewhere = false;
      }
    }
    boolean more =
        columns.length[row] > 0
            || Flags.has(columns.flags(row), Flags.FIN)
            || SequenceNumber.isAfter(ack, SequenceNumber.plus(theirs.base, 1));
    if (own.openProofRow == EndFacts.NONE && theirs.isBaseExactAt(row) && more) {
      own.openProofRow = row;
    }
    if (theirs.isBaseExactAt(row) && SequenceNumber.isAfter(ack, theirs.baseAt(row))) {
      if (peer.ackOfSynRow == EndFacts.NONE) {
        peer.ackOfSynRow = row;
      }
      if (peer.ackOfSynAgain < peer.lastSynRow
          && (peer.openProofRow == EndFacts.NONE || peer.ackOfSynAgain == EndFacts.NONE)) {
        peer.ackOfSynAgain = row;
      }
    }
  }

  /** The other end sends a FIN somewhere in this capture: does the segment acknowledge it? */
  private void closing(
      EndFacts own, EndFacts peer, Direction ours, Direction theirs, int flags, int row) {
    boolean covers = Flags.has(flags, Flags.ACK) && theirs.finCoveredBy(columns.ack[row]);
    int end = columns.endSeq(row);
    if (!covers) {
      if (!own.bareEndKnown || SequenceNumber.isAfter(end, own.bareEnd)) {
        own.bareEnd = end;
        own.bareEndKnown = true;
      }
      own.bareFin |= Flags.has(flags, Flags.FIN);
      if (Flags.has(flags, Flags.ACK)
          && columns.ack[row] == theirs.finSeq
          && row > theirs.finCompleteRow
          && theirs.finCompleteRow != Direction.NO_ROW
          && !Flags.has(columns.flags(theirs.finCompleteRow), Flags.FIN)) {
        peer.finDropped = true;
      }
    } else if (Flags.has(flags, Flags.RST)) {
      own.rstCovers |= row == own.rstRow;
    } else {
      own.coverRow = own.coverRow == EndFacts.NONE ? row : own.coverRow;
      if (peer.ackOfFinRow == EndFacts.NONE) {
        peer.ackOfFinRow = row;
      }
      boolean last = peer.edgeKnown && columns.seq[row] == peer.edge;
      if (last && columns.seq[row] != own.delivered && peer.ackOfFinFresh == EndFacts.NONE) {
        peer.ackOfFinDoubt = row;
      } else if (peer.ackOfFinFresh == EndFacts.NONE && isFresh(own, peer, row)) {
        peer.ackOfFinFresh = row;
      }
      if (peer.ackOfFinAgain < peer.lastFinRow || peer.ackOfFinAgain == EndFacts.NONE) {
        peer.ackOfFinAgain = row;
      }
    }
    if (ours.finSent() && !Flags.has(flags, Flags.RST)) {
      order(own, ours, flags, row, covers);
    }
  }

  /** Both ends send a FIN: whether this segment shows which of the two came first at its sender. */
  private void order(EndFacts own, Direction ours, int flags, int row, boolean covers) {
    boolean bare = columns.length[row] == 0 && !columns.has(row, Finding.KEEP_ALIVE);
    boolean behindFin =
        Flags.has(flags, Flags.FIN) || SequenceNumber.isAfter(columns.seq[row], ours.finSeq);
    if (behindFin) {
      own.finFirst |= !covers;
    } else if (covers && bare) {
      own.finSecond = true; // octets may be there again, which were lost together with the FIN
    }
  }

  /** This end sends a FIN somewhere in the capture. */
  private void finished(EndFacts own, Direction ours, EndFacts peer, int flags, int row) {
    boolean fin = Flags.has(flags, Flags.FIN);
    if (fin && !Flags.has(flags, Flags.RST)) {
      own.lastFinRow = row;
      if (peer.coverRow == EndFacts.NONE) {
        own.lastFinBeforeCover = row;
      }
    }
    if (own.finProofRow == EndFacts.NONE
        && (fin || SequenceNumber.isAfter(columns.seq[row], ours.finSeq))
        && !Flags.has(flags, Flags.RST)) {
      own.finProofRow = row;
    }
    if (own.ackOfFinProofRow == EndFacts.NONE
        && own.ackOfFinRow != EndFacts.NONE
        && Flags.has(flags, Flags.ACK)
        && (!peer.bareEndKnown || SequenceNumber.isAfter(columns.ack[row], peer.bareEnd))) {
      own.ackOfFinProofRow = row;
    }
  }
}
