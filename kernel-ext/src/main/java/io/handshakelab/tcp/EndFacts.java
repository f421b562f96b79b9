package io.handshakelab.tcp;

/**
 * What the segments of a connection prove of one end, wherever they stand in the capture: rows, or
 * {@link Direction#NO_ROW}. It is found in a first walk over the connection, so that in the second
 * one the events of each end can be put into the order of that end.
 */
final class EndFacts {
  static final int NONE = Direction.NO_ROW;

  int firstRow = NONE;

  /** Its last segment without RST. */
  int lastRow = NONE;

  /** The highest number that it has used since its SYN. */
  int reach;

  boolean reachKnown;

  /** Up to where the other end has received everything, at least. */
  int delivered;

  boolean deliveredKnown;

  /** The end of what it sent behind the window that it was offered, while not acknowledged. */
  int beyond;

  boolean beyondKnown;

  /** The right edge of the window that it has offered. */
  int edge;

  boolean edgeKnown;

  /** How far it has acknowledged, in the whole capture. */
  int acked;

  boolean ackedKnown;

  // Opening.
  /** Its first SYN without ACK, and how many went out before the other end answered. */
  int synRow = NONE;

  int unansweredSyns;
  int lastUnansweredSyn = NONE;
  int synAckRow = NONE;

  /** The last segment with SYN, answer or not. */
  int lastSynRow = NONE;

  /** The other end's SYN,ACKs that acknowledge its SYN, up to where that is proved received. */
  int answerFirst = NONE;

  int answerLast = NONE;

  /** Its first segment with ACK and without SYN and RST: it has the other end's SYN. */
  int firstAckRow = NONE;

  /** Its first segment that only an end sends whose SYN was acknowledged. */
  int openProofRow = NONE;

  /**
   * The other end's first segment that acknowledges its SYN, and the first one behind the last
   * repetition of that SYN.
   */
  int ackOfSynRow = NONE;

  int ackOfSynAgain = NONE;

  /**
   * It answered the other end's SYN,ACK with a RST, and with nothing before: it had no use for it.
   */
  boolean refused;

  // Closing.
  /** Its first segment that it sent with or behind its FIN. */
  int finProofRow = NONE;

  /** It sent its FIN before it received the other one, or the other way round, for sure. */
  boolean finFirst;

  boolean finSecond;

  /** Its last FIN that went by before the other end's {@link #coverRow}. */
  int lastFinBeforeCover = NONE;

  /** It sent its FIN without acknowledging the other one's. */
  boolean bareFin;

  /** The other end has everything before its FIN, which had come too early and was dropped. */
  boolean finDropped;

  /** When its FIN was there with all before it, some of that had come behind the window. */
  boolean finBeyond;

  /** Its first segment, no RST, that acknowledges the other end's FIN. */
  int coverRow = NONE;

  /**
   * The other end's first segment that acknowledges its FIN, and the first one behind the last
   * repetition of that FIN.
   */
  int ackOfFinRow = NONE;

  int ackOfFinAgain = NONE;

  /** The first of those that brings something new, or nothing but the acknowledgement. */
  int ackOfFinFresh = NONE;

  /** One at the very end of the window, which RFC 9293 refuses and Linux takes. */
  int ackOfFinDoubt = NONE;

  /** Its first segment that acknowledges octets which came only together with that. */
  int ackOfFinProofRow = NONE;

  int lastFinRow = NONE;

  /** The end of what it sent in segments that do not acknowledge the other end's FIN. */
  int bareEnd;

  boolean bareEndKnown;

  // Aborting.
  int rstRow = NONE;
  boolean rstHasAck;

  /** Its RST has a number that is none of its own. */
  boolean rstElsewhere;

  boolean rstCovers;

  /** It sent a SYN of its own, and not only the answer to the other end's. */
  boolean opensItself() {
    return synRow != NONE;
  }
}
