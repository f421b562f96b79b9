package io.handshakelab.simulate;

/** How much may be under way (RFC 5681), with fast recovery as RFC 6582 has it. All in octets. */
final class Congestion {
  private static final int DUPLICATES = 3;

  private final int mss;
  private int window;
  private int threshold = Integer.MAX_VALUE;
  private int duplicates;
  private boolean recovering;
  private int avoided;

  Congestion(int mss) {
    this.mss = mss;
    // RFC 6928 §2: ten segments, as usual systems begin today.
    window = Math.min(10 * mss, Math.max(2 * mss, 14_600));
  }

  int window() {
    return window;
  }

  boolean isRecovering() {
    return recovering;
  }

  /** RFC 5681 §3.1: new data was acknowledged, outside of recovery. */
  void acknowledged(int octets) {
    duplicates = 0;
    if (window < threshold) {
      window = bounded(window + (long) Math.min(octets, mss));
      return;
    }
    avoided += octets;
    if (avoided >= window) {
      avoided -= window;
      window = bounded(window + (long) mss);
    }
  }

  /** §3.2: a duplicate acknowledgement; true if the first segment is to be sent again at once. */
  boolean duplicate(int flight) {
    if (recovering) {
      window = bounded(window + (long) mss);
      return false;
    }
    duplicates++;
    if (duplicates != DUPLICATES) {
      return false;
    }
    threshold = Math.max(flight / 2, 2 * mss);
    window = threshold + DUPLICATES * mss;
    recovering = true;
    return true;
  }

  /** RFC 6582 §3.2: some of what was under way when recovery began was acknowledged. */
  void partlyAcknowledged(int octets) {
    window = Math.max(mss, window - octets + (octets >= mss ? mss : 0));
  }

  /** RFC 6582 §3.2: all of it was. */
  void recovered() {
    recovering = false;
    duplicates = 0;
    window = threshold;
  }

  /** RFC 5681 §3.1: the timer went off; {@code first} if not for the same segment again. */
  void timedOut(int flight, boolean first) {
    if (first) {
      threshold = Math.max(flight / 2, 2 * mss);
    }
    window = mss;
    recovering = false;
    duplicates = 0;
    avoided = 0;
  }

  private static int bounded(long octets) {
    return (int) Math.min(octets, 1 << 30);
  }
}
