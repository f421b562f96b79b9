package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.packet.Endpoint;

/**
 * Initial sequence numbers as RFC 9293 §3.4.1 wants them: a clock that ticks every four
 * microseconds, and a number that belongs to this pair of ends and that nobody can guess.
 */
final class Sequences {
  private static final long TICK_NANOS = 4_000;

  private final long secret;

  Sequences(long secret) {
    this.secret = secret;
  }

  int initial(Endpoint local, Endpoint remote, long elapsedNanos) {
    return (int) (elapsedNanos / TICK_NANOS + hash(secret, local, remote));
  }

  static long hash(long secret, Endpoint local, Endpoint remote) {
    long hash = absorbed(absorbed(secret, local), remote);
    return SeededRandom.of(hash).nextLong();
  }

  private static long absorbed(long hash, Endpoint end) {
    Bytes address = end.address();
    long mixed = hash;
    for (int i = 0; i < address.length(); i += 4) {
      mixed = SeededRandom.of(mixed ^ address.u32(i)).nextLong();
    }
    return SeededRandom.of(mixed ^ end.port()).nextLong();
  }
}
