package io.handshakelab.simulate;

import java.util.ArrayList;
import java.util.List;

/**
 * What the network does to packets in one direction.
 *
 * @param delayNanos from one end to the other, without jitter
 * @param jitterNanos at most so much is added, by chance; the order stays
 * @param loss share of packets that are lost, 0 to 1
 * @param duplicate share of packets that arrive twice
 * @param reorder share of packets that are held back, so that later ones overtake them
 * @param bitsPerSecond of the narrowest place, with a queue before it; 0 is without limit
 * @param cuts when nothing comes through
 */
public record PathConditions(
    long delayNanos,
    long jitterNanos,
    double loss,
    double duplicate,
    double reorder,
    long bitsPerSecond,
    List<Cut> cuts) {

  /**
   * A packet that is on its way within this time is lost.
   *
   * @param fromNanos since the simulation began
   * @param untilNanos the first moment behind it
   */
  public record Cut(long fromNanos, long untilNanos) {
    boolean covers(long elapsedNanos) {
      return elapsedNanos >= fromNanos && elapsedNanos < untilNanos;
    }
  }

  public PathConditions {
    cuts = List.copyOf(cuts);
  }

  /** A delay and nothing else. */
  public static PathConditions ofDelay(long delayNanos) {
    return new PathConditions(delayNanos, 0, 0, 0, 0, 0, List.of());
  }

  /** The same with one more cut. */
  public PathConditions withCut(long fromNanos, long untilNanos) {
    List<Cut> more = new ArrayList<>(cuts);
    more.add(new Cut(fromNanos, untilNanos));
    return new PathConditions(
        delayNanos, jitterNanos, loss, duplicate, reorder, bitsPerSecond, more);
  }

  boolean isCut(long elapsedNanos) {
    for (Cut cut : cuts) {
      if (cut.covers(elapsedNanos)) {
        return true;
      }
    }
    return false;
  }
}
