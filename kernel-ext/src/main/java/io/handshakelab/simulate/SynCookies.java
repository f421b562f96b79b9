package io.handshakelab.simulate;

import io.handshakelab.packet.Endpoint;
import io.handshakelab.tcp.SequenceNumber;

/**
 * Sequence numbers that say all that a listener must know of a SYN, so that it need not keep it
 * (RFC 4987 §3.6, as D. J. Bernstein proposed them): 5 bits of time, 3 bits for the maximum segment
 * size, 24 bits that only this host can compute.
 */
final class SynCookies {
  /** What three bits can say; a larger offer is rounded down. */
  private static final int[] SIZES = {536, 1024, 1220, 1300, 1360, 1400, 1440, 1460};

  private static final long TICK_NANOS = 64_000_000_000L;
  private static final int HASH_BITS = 24;

  private final long secret;

  SynCookies(long secret) {
    this.secret = secret;
  }

  int make(Endpoint local, Endpoint remote, int theirInitial, int mss, long elapsedNanos) {
    int size = 0;
    while (size + 1 < SIZES.length && SIZES[size + 1] <= mss) {
      size++;
    }
    long tick = elapsedNanos / TICK_NANOS;
    return (int) (tick % 32) << 27 | size << HASH_BITS | hash(local, remote, theirInitial, tick);
  }

  /** The maximum segment size that the cookie holds, or 0 if it is not one of ours of late. */
  int check(Endpoint local, Endpoint remote, int theirInitial, int cookie, long elapsedNanos) {
    long now = elapsedNanos / TICK_NANOS;
    for (long tick = now; tick >= Math.max(0, now - 1); tick--) {
      boolean ours =
          cookie >>> 27 == tick % 32
              && (cookie & ((1 << HASH_BITS) - 1)) == hash(local, remote, theirInitial, tick);
      if (ours) {
        return SIZES[cookie >>> HASH_BITS & 7];
      }
    }
    return 0;
  }

  private int hash(Endpoint local, Endpoint remote, int theirInitial, long tick) {
    long mixed = Sequences.hash(secret, local, remote);
    SeededRandom random = SeededRandom.of(mixed ^ SequenceNumber.raw(theirInitial) ^ tick << 32);
    return random.nextInt() >>> (32 - HASH_BITS);
  }
}
