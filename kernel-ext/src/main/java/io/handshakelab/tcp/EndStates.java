package io.handshakelab.tcp;

import io.handshakelab.capture.Evidence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The machine of one end, and the transitions that it makes. */
final class EndStates {
  /** Long ago, and still a time that can be subtracted. */
  static final long NEVER = 0;

  final Sender end;
  final EndFacts facts;

  /** Whether the capture has what arrives at this end when it arrives. */
  final boolean present;

  /** Whether the capture also has what this end sends when it is sent. */
  final boolean own;

  final StateMachine machine = new StateMachine();

  boolean synSent;
  boolean synReceived;

  /** When a SYN or a FIN went to it while its own was under way, which is told first. */
  long synWaitsSince = Transition.UNBOUNDED;

  long finWaitsSince = Transition.UNBOUNDED;
  boolean opened;
  boolean finSent;
  boolean finReceived;
  boolean finAcked;

  /** When it last sent anything but a RST, as far as the capture tells. */
  long sentNanos = NEVER;

  /** The time before that. */
  long sentBeforeNanos = NEVER;

  /** Since when there is a RST that it may have received, and may have believed. */
  long rstPerhapsSince = Transition.UNBOUNDED;

  /** When it came into TIME-WAIT, or last received a FIN there; {@link #NEVER} if not seen. */
  long timeWaitSince = NEVER;

  /** When it came there, however often it received a FIN since, or may have. */
  long timeWaitFirst = NEVER;

  private int reach;
  private long reachNanos;
  private int reachBefore;
  private long reachBeforeNanos;
  private boolean reachKnown;

  private final int connection;

  /** Null if only states are asked for. */
  private final @Nullable List<Transition> transitions;

  /** What comes next did not happen before. */
  private long notBefore = Transition.UNBOUNDED;

  /** Since when something may have happened that is not proved yet. */
  private long perhapsSince = Transition.UNBOUNDED;

  /** When its state was last known for sure, and since when it is not known any more. */
  private long knownUntil = Transition.UNBOUNDED;

  private long unknownSince = Transition.UNBOUNDED;

  /** What may have happened since then, as bits. */
  private int perhaps;

  private final List<Unknown> unknown = new ArrayList<>(0);

  EndStates(
      Sender end,
      EndFacts facts,
      boolean present,
      boolean own,
      int connection,
      @Nullable List<Transition> transitions) {
    this.end = end;
    this.facts = facts;
    this.present = present;
    this.own = own;
    this.connection = connection;
    this.transitions = transitions;
  }

  /** Known to the moment. */
  void at(Event event, long nanos, @Nullable Integer frame, Evidence evidence) {
    between(event, nanos, nanos, frame, evidence);
  }

  /** It had happened by then. */
  void by(Event event, long nanos, @Nullable Integer frame, Evidence evidence) {
    between(event, Transition.UNBOUNDED, nanos, frame, evidence);
  }

  /** Between two times: the later one is when a frame shows it. */
  void between(Event event, long from, long until, @Nullable Integer frame, Evidence evidence) {
    boolean wasKnown = machine.state() != null;
    long earliest = from;
    if (machine.on(event)) {
      boolean open = machine.wasExpected() || (!wasKnown && machine.previous() == null);
      earliest = open ? Math.min(from, perhapsSince) : from;
      boolean when = earliest == from;
      add(event.label(), earliest, until, frame, when ? evidence : Evidence.INFERRED);
    }
    later(earliest);
    if (rstPerhapsSince != Transition.UNBOUNDED) {
      perhaps(Event.RECV_RST, rstPerhapsSince); // behind this, if it was not before
    }
  }

  /** From this time on it may have happened. */
  void perhaps(Event event, long nanos) {
    boolean wasKnown = machine.state() != null;
    if (machine.perhaps(event)) {
      perhapsSince = wasKnown ? nanos : Math.min(nanos, perhapsSince);
      knownUntil = wasKnown ? notBefore : knownUntil;
      perhaps = (wasKnown ? 0 : perhaps) | 1 << event.ordinal();
      long since = Math.max(nanos, knownUntil);
      unknownSince = wasKnown ? since : Math.min(since, unknownSince);
    }
  }

  /** One of these states it must be; the label says what shows that. */
  void narrow(int states, String label, String rfc, long nanos, @Nullable Integer frame) {
    if (machine.narrow(states, rfc)) {
      add(label, perhapsSince, nanos, frame, Evidence.INFERRED);
    }
  }

  /** Goes where no TCP goes. */
  void jump(TcpState to, String label, String rfc, long nanos, int frame, Evidence evidence) {
    TcpState from = machine.state();
    machine.set(to);
    if (transitions != null) {
      transitions.add(
          new Transition(
              connection, nanos, end, from, label, to, frame, rfc, evidence, nanos, nanos));
    }
    later(nanos);
  }

  /** Remembers how far this end has come, and when. */
  void reach(int endSeq, long nanos) {
    if (!reachKnown || SequenceNumber.isAfter(endSeq, reach)) {
      reachBefore = reachKnown ? reach : endSeq;
      reachBeforeNanos = reachKnown ? reachNanos : nanos;
      reach = endSeq;
      reachNanos = nanos;
      reachKnown = true;
    }
  }

  /** Whether this is a number that it has come to since its SYN. */
  boolean hasUsed(int seq, int base) {
    return !reachKnown || Proofs.isWithin(seq, base, reach);
  }

  /** Since when what this end sends can have been acknowledged up to there, if that is known. */
  long since(int ack) {
    if (reachKnown && ack == reach) {
      return reachNanos;
    }
    return reachKnown && ack == reachBefore ? reachBeforeNanos : Transition.UNBOUNDED;
  }

  /** Another life of it begins in this connection: what it does is done anew. */
  void listenAgain() {
    machine.set(TcpState.LISTEN);
    synReceived = false;
    opened = false;
    finSent = false;
    finReceived = false;
    finAcked = false;
    perhapsSince = Transition.UNBOUNDED;
  }

  /** Begins in a state that is only told if it is one. */
  void begin(int states, String label, long nanos, @Nullable Integer frame) {
    machine.start(states);
    TcpState state = machine.state();
    if (state != null && transitions != null) {
      unknown.add(unknown(nanos, List.of()));
      transitions.add(
          new Transition(
              connection,
              nanos,
              end,
              null,
              label,
              state,
              frame,
              "RFC 9293 §3.3.2",
              Evidence.INFERRED,
              Transition.UNBOUNDED,
              nanos));
    }
  }

  /** Why its state was not told, where it was not; the last one may go on to the end. */
  List<Unknown> unknown() {
    List<TcpState> possible = machine.possible();
    if (possible.size() > 1) {
      unknown.add(unknown(Unknown.NEVER, possible));
    }
    return unknown;
  }

  private Unknown unknown(long until, List<TcpState> possible) {
    List<Event> events = new ArrayList<>();
    for (Event event : Event.values()) {
      if ((perhaps & 1 << event.ordinal()) != 0) {
        events.add(event);
      }
    }
    long since = perhaps == 0 ? Transition.UNBOUNDED : unknownSince;
    return new Unknown(connection, end, since, until, events, possible);
  }

  private void later(long nanos) {
    notBefore = Math.max(notBefore, nanos);
  }

  private void add(
      String label, long from, long until, @Nullable Integer frame, Evidence evidence) {
    TcpState to = machine.state();
    perhapsSince = Transition.UNBOUNDED;
    if (to == null) {
      return;
    }
    if (to == TcpState.TIME_WAIT) {
      timeWaitSince = until;
      timeWaitFirst = until;
    }
    if (transitions != null) {
      settle(transitions, until, frame);
      if (machine.previous() == null) {
        unknown.add(unknown(until, List.of()));
      }
      perhaps = 0;
      long since = Math.max(from, notBefore);
      if (machine.previous() == null) { // from which state, and when, nobody knows
        since = Math.min(since, unknownSince);
      }
      long earliest = Math.min(since, until);
      transitions.add(
          new Transition(
              connection,
              until,
              end,
              machine.previous(),
              label,
              to,
              frame,
              machine.section(),
              evidence,
              earliest,
              until));
    }
  }

  /** What this end did before, it had done by now, even if that is proved only later. */
  private void settle(List<Transition> all, long nanos, @Nullable Integer frame) {
    for (int i = all.size() - 1; i >= 0 && all.get(i).connection() == connection; i--) {
      Transition before = all.get(i);
      if (before.endpoint() == end) {
        if (before.notAfterNanos() <= nanos) {
          return;
        }
        all.set(i, before.by(nanos, frame));
      }
    }
  }
}
