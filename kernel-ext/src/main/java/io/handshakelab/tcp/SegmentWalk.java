package io.handshakelab.tcp;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.Vantage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A walk over the segments of one connection: where it is, both ends, and how their events are told
 * with what the capture can prove of them.
 */
abstract class SegmentWalk {
  /** No system sends sooner again: Linux waits for 200 ms at least, RFC 6298 for a second. */
  static final long LEAST_RETRANSMISSION_NANOS = 200_000_000L;

  final Capture capture;
  final SegmentColumns columns;
  final Flow flow;
  final Proofs proofs;
  final EndStates client;
  final EndStates server;
  int row;
  long nanos;
  Evidence shown = Evidence.INFERRED;

  SegmentWalk(
      Capture capture,
      SegmentColumns columns,
      Flow flow,
      Vantage vantage,
      @Nullable List<Transition> transitions) {
    this.capture = capture;
    this.columns = columns;
    this.flow = flow;
    proofs = Proofs.of(columns, flow);
    client = end(Sender.CLIENT, proofs, vantage, Vantage.CLIENT, transitions);
    server = end(Sender.SERVER, proofs, vantage, Vantage.SERVER, transitions);
  }

  private EndStates end(
      Sender end,
      Proofs proofs,
      Vantage vantage,
      Vantage there,
      @Nullable List<Transition> transitions) {
    boolean own = vantage == there;
    boolean present = own || vantage == Vantage.BOTH;
    return new EndStates(end, proofs.of(end), present, own, flow.number, transitions);
  }

  @Nullable TcpState state(Sender end) {
    return of(end).machine.state();
  }

  /**
   * A RST of this end is still to come: it may have been under way, and what comes finds nobody.
   */
  boolean mayHaveAborted(EndStates end) {
    return end.present && !end.own && end.facts.rstRow > row;
  }

  /** An end sends: at its own interface when the frame says, elsewhere at some time before. */
  void send(EndStates end, Event event, int frameRow) {
    if (end.own && frameRow == row) {
      end.at(event, nanos, frame(frameRow), shown);
    } else {
      // It had received what it acknowledges, if this is not a repetition of what was lost before.
      long quiet = time(frameRow) - end.sentBeforeNanos + flow.firstRoundTripNanos;
      boolean first =
          frameRow == row
              && quiet < LEAST_RETRANSMISSION_NANOS
              && !proofs.isLossyBefore(row); // what fills a gap may bring on the next at once
      int sent = columns.flags(frameRow);
      boolean itself = event != Event.SEND_FIN || Flags.has(sent, Flags.FIN);
      boolean ack = first && itself && Flags.has(sent, Flags.ACK);
      long from = ack ? of(end.end.other()).since(columns.ack[frameRow]) : Transition.UNBOUNDED;
      long until = end.present ? nanos : time(frameRow);
      end.between(event, Math.min(from, until), until, frame(frameRow), shown);
    }
  }

  void receive(EndStates end, Event event, int proofRow) {
    receive(end, event, nanos, proofRow);
  }

  /** It arrives: at once if the capture was taken there, else before the row that proves it. */
  void receive(EndStates end, Event event, long since, int proofRow) {
    if (end.present) {
      end.at(event, nanos, frame(row), shown);
    } else if (proofRow == EndFacts.NONE) {
      end.perhaps(event, since);
    } else {
      long proof = Math.max(nanos, time(proofRow));
      end.between(event, since, proof, frame(Math.max(row, proofRow)), Evidence.INFERRED);
    }
  }

  void at(int newRow) {
    row = newRow;
    nanos = time(row);
    shown = capture.evidence(columns.frame[row]);
  }

  EndStates of(Sender end) {
    return end == Sender.CLIENT ? client : server;
  }

  long time(int ofRow) {
    return capture.timeNanos(columns.frame[ofRow]);
  }

  int frame(int ofRow) {
    return columns.frame[ofRow];
  }
}
