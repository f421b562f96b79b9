package io.handshakelab.simulate;

import io.handshakelab.capture.Vantage;
import java.util.Locale;
import java.util.Optional;

/** The stories that can be played, each with a sentence on what to look for. */
public enum Scenario {
  THREE_WAY(
      Vantage.BOTH,
      "Three segments open a connection; see which of them brings which end to ESTABLISHED."),
  LOST_SYN(
      Vantage.CLIENT,
      "The first SYN is lost; the client sends it again after 1 s, and would wait 2 s, 4 s, 8 s"
          + " from there."),
  LOST_SYNACK(
      Vantage.SERVER,
      "The SYN,ACK is lost: the client repeats its SYN and the server its SYN,ACK, both after 1"
          + " s."),
  LOST_ACK(
      Vantage.CLIENT,
      "The third segment is lost: the client is ESTABLISHED, the server still is in SYN-RCVD."),
  DELAYED_DUPLICATE_SYN(
      Vantage.BOTH,
      "An old SYN arrives when its client has given it up: with three-way a reset ends it at once,"
          + " with two-way the server holds a connection that nobody wants."),
  SYN_FLOOD(
      Vantage.SERVER,
      "SYNs from addresses that never answer fill the queue; see who else still gets in, and how"
          + " cookies change that."),
  SIMULTANEOUS_OPEN(
      Vantage.BOTH,
      "Both ends send a SYN before they have seen the other's: both go through SYN-RCVD."),
  FOUR_WAY_CLOSE(
      Vantage.BOTH,
      "Each direction is closed by a FIN and its ACK; the end that closes first has to wait in"
          + " TIME-WAIT."),
  HALF_CLOSE(
      Vantage.BOTH,
      "The client has no more to send, and the server goes on sending for a while in CLOSE-WAIT."),
  SIMULTANEOUS_CLOSE(
      Vantage.BOTH, "Two FINs cross: both ends go through CLOSING, and both end in TIME-WAIT."),
  TIME_WAIT_REUSE(
      Vantage.SERVER, "A new SYN with a larger sequence number ends TIME-WAIT before its time."),
  RST(
      Vantage.BOTH,
      "A port where nobody listens refuses; then an open connection is aborted in mid-stream."),
  LOST_FIN(
      Vantage.CLIENT,
      "The FIN is lost and sent again: FIN-WAIT-1 lasts as long as the retransmission timer."),
  ZERO_WINDOW(
      Vantage.BOTH,
      "The receiver does not read: its window shrinks to zero, and the sender probes with one"
          + " octet, less and less often.");

  private final Vantage usual;
  private final String lookFor;

  Scenario(Vantage usual, String lookFor) {
    this.usual = usual;
    this.lookFor = lookFor;
  }

  /** As a person writes it: {@code lost-syn}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The scenario of this label. */
  public static Optional<Scenario> named(String label) {
    for (Scenario scenario : values()) {
      if (scenario.label().equals(label)) {
        return Optional.of(scenario);
      }
    }
    return Optional.empty();
  }

  /** One sentence on what to look for. */
  public String lookFor() {
    return lookFor;
  }

  /** Plays it. Where the options leave the vantage open, it is where most is to be seen. */
  public SimulationResult play(SimulationOptions options) {
    boolean open = options.vantage() == null;
    return story(open ? options.toBuilder().vantage(usual).build() : options);
  }

  private SimulationResult story(SimulationOptions options) {
    return switch (this) {
      case THREE_WAY -> OpeningStories.threeWay(options);
      case LOST_SYN -> OpeningStories.lostSyn(options);
      case LOST_SYNACK -> OpeningStories.lostSynAck(options);
      case LOST_ACK -> OpeningStories.lostAck(options);
      case DELAYED_DUPLICATE_SYN -> TroubleStories.delayedSyn(options);
      case SYN_FLOOD -> FloodStory.play(options);
      case SIMULTANEOUS_OPEN -> OpeningStories.simultaneousOpen(options);
      case FOUR_WAY_CLOSE -> ClosingStories.fourWayClose(options);
      case HALF_CLOSE -> ClosingStories.halfClose(options);
      case SIMULTANEOUS_CLOSE -> ClosingStories.simultaneousClose(options);
      case TIME_WAIT_REUSE -> ClosingStories.timeWaitReuse(options);
      case RST -> TroubleStories.reset(options);
      case LOST_FIN -> ClosingStories.lostFin(options);
      case ZERO_WINDOW -> TroubleStories.zeroWindow(options);
    };
  }
}
