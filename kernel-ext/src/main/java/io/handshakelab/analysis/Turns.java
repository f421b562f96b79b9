package io.handshakelab.analysis;

import io.handshakelab.capture.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * Counts round trips by turns: each time the end that began has spoken and the other one answers,
 * it had to wait for one. What it says last, without an answer, costs it no waiting.
 */
final class Turns {
  private boolean begun;
  private boolean firstSpoke;
  private int answers;
  private long startNanos;
  private long endNanos;
  private Evidence weakest = Evidence.WIRE;

  /** The next message. */
  void add(boolean fromFirst, long start, long end, Evidence evidence) {
    if (!begun) {
      begun = true;
      startNanos = start;
      endNanos = end;
    }
    if (!fromFirst && firstSpoke) {
      answers++;
    }
    firstSpoke = fromFirst;
    startNanos = Math.min(startNanos, start);
    endNanos = Math.max(endNanos, end);
    weakest = evidence.compareTo(weakest) > 0 ? evidence : weakest;
  }

  /** Something that belongs to it but is nobody's turn, such as a bare ACK. */
  void extend(long nanos, Evidence evidence) {
    endNanos = Math.max(endNanos, nanos);
    weakest = evidence.compareTo(weakest) > 0 ? evidence : weakest;
  }

  boolean isEmpty() {
    return !begun;
  }

  int roundTrips() {
    return answers;
  }

  /** From the first message to the last; its evidence is the weakest of all. */
  Phase phase(@Nullable Integer connection, String name) {
    return new Phase(connection, name, startNanos, endNanos, answers, weakest);
  }
}
