package io.handshakelab.simulate;

/** How long to wait for an acknowledgement (RFC 6298), in nanoseconds and whole numbers. */
final class RetransmissionTimeout {
  /** §2.1: before anything was measured; §2.4: and never less. */
  static final long INITIAL_NANOS = 1_000_000_000L;

  /** §2.5: a limit may be set if it is at least 60 seconds. */
  static final long LARGEST_NANOS = 60_000_000_000L;

  /** §5.7: after a SYN whose acknowledgement took longer than the initial timeout. */
  static final long AFTER_SLOW_SYN_NANOS = 3_000_000_000L;

  private static final long GRANULARITY_NANOS = 1_000_000L;

  private long srtt = -1;
  private long rttvar;
  private long rto = INITIAL_NANOS;
  private boolean backedOff;

  long nanos() {
    return rto;
  }

  /** §2.2 and §2.3: one round trip, of a segment that was sent once only (Karn, §3). */
  void measured(long rtt) {
    if (srtt < 0) {
      srtt = rtt;
      rttvar = rtt / 2;
    } else {
      rttvar = rttvar - rttvar / 4 + Math.abs(srtt - rtt) / 4;
      srtt = srtt - srtt / 8 + rtt / 8;
    }
    rto = bounded(srtt + Math.max(GRANULARITY_NANOS, 4 * rttvar));
    backedOff = false;
  }

  /** §5.5: waits twice as long. */
  void backOff() {
    rto = bounded(2 * rto);
    backedOff = true;
  }

  /** §5.7: the handshake is over. */
  void opened() {
    if (backedOff && srtt < 0) {
      rto = AFTER_SLOW_SYN_NANOS;
      backedOff = false;
    }
  }

  private static long bounded(long nanos) {
    return Math.max(INITIAL_NANOS, Math.min(LARGEST_NANOS, nanos));
  }
}
