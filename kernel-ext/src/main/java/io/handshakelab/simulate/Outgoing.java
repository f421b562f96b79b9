package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.packet.PacketBuilder;
import io.handshakelab.tcp.SequenceNumber;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a connection: the variables SND.* of RFC 9293 §3.3.1, what may be sent when,
 * and what is sent again.
 */
final class Outgoing {
  private static final int SYN_TRIES = 6;
  private static final int SYN_ACK_TRIES = 5;

  /** RFC 9293 §3.8.3: together more than 100 seconds. */
  private static final int TRIES = 8;

  private final Tcb tcb;
  private final VirtualClock clock;
  private final SendQueue queue = new SendQueue();
  private final RetransmissionTimeout timeout = new RetransmissionTimeout();
  private Congestion congestion;
  private int mss;
  private int shift;

  private final int initial;
  private int una;
  private int nxt;

  /**
   * The highest number that was ever sent, and one more; {@link #nxt} goes back after a timeout.
   */
  private int max;

  private int window;
  private int largestWindow;
  private int windowSeq;
  private int windowAck;

  private boolean finWanted;
  private boolean finSent;
  private int recover;

  private @Nullable Timer timer;
  private boolean probing;
  private int tries;
  private boolean timing;
  private int timedEnd;
  private long timedSince;

  Outgoing(Tcb tcb, VirtualClock clock, int initial, int mss) {
    this.tcb = tcb;
    this.clock = clock;
    this.initial = initial;
    this.mss = mss;
    this.congestion = new Congestion(mss);
    una = initial;
    nxt = initial;
    max = initial;
  }

  /** ISS. */
  int initial() {
    return initial;
  }

  /** SND.UNA. */
  int una() {
    return una;
  }

  /** SND.NXT as the other end sees it: behind the highest number that was sent. */
  int next() {
    return max;
  }

  int unacknowledged() {
    return queue.length();
  }

  boolean isSynAcknowledged() {
    return una != initial;
  }

  boolean isFinAcknowledged() {
    return finSent && una == max;
  }

  boolean wantsToFinish() {
    return finWanted;
  }

  /** What the SYN of the other end said (RFC 9293 §3.7.1, RFC 7323 §2.2). */
  void peerOffers(int itsMss, int itsShift) {
    mss = Math.min(mss, itsMss > 0 ? itsMss : 536);
    congestion = new Congestion(mss);
    shift = itsShift;
  }

  void write(Bytes octets) {
    queue.add(octets);
  }

  void finish() {
    finWanted = true;
  }

  /** Sends the SYN; sent again until it is acknowledged. */
  int sendSyn() {
    int id = synSegment();
    nxt = SequenceNumber.plus(initial, 1);
    max = nxt;
    time(nxt);
    arm();
    return id;
  }

  /** A SYN,ACK that needs no answer (two-way handshake): it counts as acknowledged. */
  int sendSynOnce() {
    int id = synSegment();
    assume();
    return id;
  }

  /** The SYN was sent by somebody else and is acknowledged (SYN cookies). */
  void assume() {
    nxt = SequenceNumber.plus(initial, 1);
    max = nxt;
    una = nxt;
  }

  /** The same SYN or SYN,ACK once more, because the other end asks for it. */
  int synSegment() {
    return tcb.transmitSyn(initial);
  }

  /** The handshake is over with this segment, which also says how much may be sent. */
  void opened(Segment s) {
    if (s.isAck() && SequenceNumber.isAfter(s.ack(), una)) {
      una = s.ack();
    }
    stop();
    measure();
    timeout.opened();
    window = s.isSyn() ? s.window() : s.window() << shift;
    largestWindow = Math.max(largestWindow, window);
    windowSeq = s.seq();
    windowAck = una;
  }

  /** RFC 5961 §5: whether an acknowledgement is neither from the future nor too old. */
  boolean isPlausible(int ack) {
    return !SequenceNumber.isAfter(ack, max)
        && SequenceNumber.distance(ack, una) <= Math.max(largestWindow, 1);
  }

  /** RFC 9293 §3.10.7.4, fifth check: an acknowledgement that is plausible. */
  void acknowledged(Segment s) {
    int ack = s.ack();
    int octets = SequenceNumber.distance(una, ack);
    if (octets > 0) {
      advance(ack, octets);
    } else if (isDuplicate(s)) {
      if (congestion.duplicate(SequenceNumber.distance(una, max))) {
        recover = max;
        again(una);
        arm();
      }
    }
    if (octets >= 0 && isNewerWindow(s)) {
      window = s.window() << shift;
      largestWindow = Math.max(largestWindow, window);
      windowSeq = s.seq();
      windowAck = ack;
      if (probing && window > 0) {
        stop();
      }
    }
  }

  /** Sends what may be sent now (RFC 9293 §3.8.6.2.1). */
  void send() {
    if (!tcb.maySend() || !isSynAcknowledged()) {
      return;
    }
    while (true) {
      int unsent = SequenceNumber.distance(nxt, end());
      int flight = SequenceNumber.distance(una, nxt);
      int usable = Math.min(window, congestion.window()) - flight;
      if (unsent > 0 && usable > 0) {
        int size = Math.min(Math.min(unsent, mss), usable);
        if (size < mss && size < unsent && flight > 0 && size < largestWindow / 2) {
          return;
        }
        data(size, size == unsent && finWanted && usable > size);
      } else if (unsent == 0 && finWanted && window > flight) {
        data(0, true);
        return;
      } else {
        if (unsent > 0 || (unsent == 0 && finWanted)) {
          probeLater(flight);
        }
        return;
      }
    }
  }

  /** No timer runs any more. */
  void stop() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    probing = false;
    tries = 0;
  }

  /** The number behind everything that was written. */
  private int end() {
    return SequenceNumber.plus(initial, 1 + queue.end());
  }

  private int place(int sequence) {
    return SequenceNumber.distance(initial, sequence) - 1;
  }

  private void advance(int ack, int octets) {
    una = ack;
    if (SequenceNumber.isBefore(nxt, una)) {
      nxt = una;
    }
    queue.release(Math.min(queue.end(), place(una)));
    if (timing && !SequenceNumber.isBefore(ack, timedEnd)) {
      measure();
    }
    tries = 0;
    if (congestion.isRecovering()) {
      if (SequenceNumber.isBefore(ack, recover)) {
        congestion.partlyAcknowledged(octets);
        again(una);
      } else {
        congestion.recovered();
      }
    } else {
      congestion.acknowledged(octets);
    }
    if (una == max) {
      stop();
    } else {
      arm();
    }
  }

  /** RFC 5681 §2. */
  private boolean isDuplicate(Segment s) {
    return s.ack() == una
        && una != max
        && !probing
        && s.length() == 0
        && s.window() << shift == window;
  }

  private boolean isNewerWindow(Segment s) {
    return SequenceNumber.isBefore(windowSeq, s.seq())
        || (windowSeq == s.seq() && !SequenceNumber.isAfter(windowAck, s.ack()));
  }

  /** Sends from SND.NXT on. */
  private void data(int size, boolean fin) {
    int at = nxt;
    boolean first = !SequenceNumber.isBefore(at, max);
    int id = segment(at, size, fin);
    nxt = SequenceNumber.plus(at, size + (fin ? 1 : 0));
    if (first && !timing) {
      time(nxt);
    }
    max = SequenceNumber.later(max, nxt);
    if (timer == null || probing) {
      probing = false;
      arm();
    }
    if (fin && !finSent) {
      finSent = true;
      tcb.finSent(id);
    }
  }

  private int segment(int at, int size, boolean fin) {
    int flags = PacketBuilder.ACK | (fin ? PacketBuilder.FIN : 0);
    if (size > 0 && place(at) + size == queue.end()) {
      flags |= PacketBuilder.PSH;
    }
    return tcb.transmit(at, flags, size == 0 ? Bytes.EMPTY : queue.read(place(at), size));
  }

  /** Sends what begins here once more. */
  private void again(int at) {
    timing = false;
    int left = SequenceNumber.distance(at, end());
    if (left > 0) {
      int size = Math.min(left, Math.min(mss, SequenceNumber.distance(at, max)));
      boolean fin = finSent && size == left && SequenceNumber.distance(at, max) > size;
      segment(at, size, fin);
    } else if (finSent) {
      segment(at, 0, true);
    }
  }

  private void arm() {
    if (timer != null) {
      timer.cancel();
    }
    timer = clock.after(timeout.nanos(), this::timedOut);
  }

  /** RFC 6298 §5.4 to §5.6. */
  private void timedOut() {
    timer = null;
    tries++;
    boolean opening = !isSynAcknowledged();
    int most = opening ? (tcb.isAnswering() ? SYN_ACK_TRIES : SYN_TRIES) : TRIES;
    if (tries > most) {
      tcb.giveUp();
      return;
    }
    timing = false;
    timeout.backOff();
    if (opening) {
      synSegment();
    } else {
      congestion.timedOut(SequenceNumber.distance(una, max), tries == 1);
      nxt = una;
      resend();
    }
    arm();
  }

  /** The first segment that is not acknowledged; the rest follows in slow start. */
  private void resend() {
    int left = SequenceNumber.distance(una, end());
    int size = Math.max(0, Math.min(left, mss));
    boolean fin = finSent && size == left;
    segment(una, size, fin);
    nxt = SequenceNumber.plus(una, size + (fin ? 1 : 0));
    max = SequenceNumber.later(max, nxt); // what was too little for a segment before may be new
  }

  /** RFC 9293 §3.8.6.1: a window of zero is asked about, since its opening may have been lost. */
  private void probeLater(int flight) {
    if (flight > 0 || window > 0 || timer != null) {
      return;
    }
    probing = true;
    timer = clock.after(timeout.nanos(), this::probe);
  }

  /** With the next octet, so that it is answered; what it fills stays to be sent. */
  private void probe() {
    timer = null;
    timeout.backOff();
    timing = false;
    boolean data = SequenceNumber.distance(nxt, end()) > 0;
    int id = segment(nxt, data ? 1 : 0, !data);
    max = SequenceNumber.later(max, SequenceNumber.plus(nxt, 1));
    timer = clock.after(timeout.nanos(), this::probe);
    if (!data && !finSent) {
      finSent = true;
      tcb.finSent(id);
    }
  }

  private void time(int end) {
    timing = true;
    timedEnd = end;
    timedSince = clock.elapsedNanos();
  }

  private void measure() {
    if (timing) {
      timing = false;
      timeout.measured(clock.elapsedNanos() - timedSince);
    }
  }
}
