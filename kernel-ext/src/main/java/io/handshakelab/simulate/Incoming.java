package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tcp.SequenceNumber;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of a connection: the variables RCV.* of RFC 9293 §3.3.1, the window that is
 * offered, and when to acknowledge.
 */
final class Incoming {
  private static final int LARGEST_FIELD = 0xffff;
  private static final int NOT_YET = -1;

  private final TcpSettings settings;
  private final ReceiveQueue queue = new ReceiveQueue();
  private int initial;
  private int next;

  /** The first sequence number that the other end may not use: it never moves back. */
  private int edge;

  private int shift;
  private boolean finished;

  /** Where the stream ends, if its FIN has come: perhaps before what lies in front of it. */
  private int finPlace = NOT_YET;

  /** Segments with data that are not acknowledged. */
  private int unanswered;

  Incoming(TcpSettings settings) {
    this.settings = settings;
  }

  /** The SYN of the other end has come. */
  void open(int sequence) {
    initial = sequence;
    next = SequenceNumber.plus(sequence, 1);
    edge = next;
  }

  /** Both ends offered window scaling (RFC 7323 §2.2). */
  void scale(int by) {
    shift = by;
  }

  /** IRS. */
  int initial() {
    return initial;
  }

  /** RCV.NXT. */
  int next() {
    return next;
  }

  /** RCV.WND: what the other end was told that it may send. */
  int window() {
    return SequenceNumber.distance(next, edge);
  }

  boolean isFinished() {
    return finished;
  }

  boolean hasGap() {
    return queue.hasGap() || (finPlace != NOT_YET && !finished);
  }

  int ready() {
    return queue.ready();
  }

  @Nullable Bytes take() {
    return queue.take();
  }

  /** The field of a segment with SYN, which is never scaled. */
  int offerUnscaled() {
    int window = Math.min(settings.receiveBuffer(), LARGEST_FIELD);
    edge = SequenceNumber.plus(next, window);
    return window;
  }

  /** The field of any other segment; the window is offered by it. */
  int offer() {
    int space = Math.max(0, settings.receiveBuffer() - queue.ready());
    int grown = SequenceNumber.plus(next, Math.min(space, LARGEST_FIELD << shift));
    if (isWorthTelling(grown)) {
      edge = grown;
    }
    int unit = 1 << shift;
    int field = Math.min(LARGEST_FIELD, (window() + unit - 1) >> shift);
    edge = SequenceNumber.plus(next, field << shift);
    return field;
  }

  /** Whether the window has opened so far that the other end must be told (RFC 9293 §3.8.6.2.2). */
  boolean hasOpened() {
    int space = Math.max(0, settings.receiveBuffer() - queue.ready());
    int grown = SequenceNumber.plus(next, Math.min(space, LARGEST_FIELD << shift));
    return isWorthTelling(grown)
        && SequenceNumber.distance(edge, grown)
            >= Math.min(2 * settings.mss(), settings.receiveBuffer() / 2);
  }

  /** Against silly windows: small steps are kept back. */
  private boolean isWorthTelling(int grown) {
    int step = SequenceNumber.distance(edge, grown);
    return step > 0 && step >= Math.min(settings.mss(), settings.receiveBuffer() / 2);
  }

  /** RFC 9293 §3.10.7.4, first check: whether it lies in the window. */
  boolean isAcceptable(Segment s) {
    int from = SequenceNumber.distance(next, s.seq());
    int window = window();
    int length = s.length();
    if (length == 0) {
      return window == 0 ? from == 0 : from >= 0 && from < window;
    }
    int last = from + length - 1;
    return window > 0 && ((from >= 0 && from < window) || (last >= 0 && last < window));
  }

  /** Takes the data and the FIN; false if there was nothing new that is next in the order. */
  boolean accept(Segment s) {
    int before = next;
    int place = SequenceNumber.distance(initial, s.seq()) - 1 + (s.isSyn() ? 1 : 0);
    Bytes data = s.data();
    int room = SequenceNumber.distance(initial, edge) - 1 - place;
    if (!data.isEmpty() && room > 0) {
      queue.add(place, room >= data.length() ? data : data.slice(0, room));
      unanswered++;
    }
    if (s.isFin() && room > data.length()) {
      finPlace = place + data.length();
    }
    finished = finPlace == queue.next();
    next = SequenceNumber.plus(initial, 1 + queue.next() + (finished ? 1 : 0));
    return next != before;
  }

  /** RFC 9293 §3.8.6.3: at least every second segment is acknowledged at once. */
  boolean isAckDue() {
    return unanswered >= 2;
  }

  /** A segment went out, and everything so far is acknowledged by it. */
  void acknowledged() {
    unanswered = 0;
  }
}
