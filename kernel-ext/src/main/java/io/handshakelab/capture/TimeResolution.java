package io.handshakelab.capture;

/**
 * How an interface counts time (pcapng, section 4.2: if_tsresol and if_tsoffset).
 *
 * @param perSecond ticks in a second, or 0 where they are too many for a long
 * @param nanosPerTick the same as a fraction, for those
 * @param offsetSeconds added to every time
 */
record TimeResolution(long perSecond, double nanosPerTick, long offsetSeconds) {
  private static final long NANOS = 1_000_000_000L;

  static final TimeResolution MICROSECONDS = ofOption(6, 0);

  /** The top bit tells powers of two from powers of ten. */
  static TimeResolution ofOption(int tsresol, long offsetSeconds) {
    int exponent = tsresol & 0x7f;
    boolean binary = (tsresol & 0x80) != 0;
    double ticks = Math.pow(binary ? 2 : 10, exponent);
    return new TimeResolution(ticks < 0x1p62 ? (long) ticks : 0, NANOS / ticks, offsetSeconds);
  }

  TimeResolution withOffset(long seconds) {
    return new TimeResolution(perSecond, nanosPerTick, seconds);
  }

  /** Nanoseconds since 1970, modulo 2^64 for times that no capture can have. */
  long toNanos(long ticks) {
    long offset = offsetSeconds * NANOS;
    if (perSecond == 1_000_000) {
      return ticks * 1000 + offset;
    }
    if (perSecond == NANOS) {
      return ticks + offset;
    }
    if (perSecond == 0) {
      return (long) (unsigned(ticks) * nanosPerTick) + offset;
    }
    long seconds = Long.divideUnsigned(ticks, perSecond);
    long rest = Long.remainderUnsigned(ticks, perSecond);
    return seconds * NANOS + fraction(rest) + offset;
  }

  /** The part of a second that {@code rest} ticks are, exactly where a long can hold it. */
  private long fraction(long rest) {
    return rest <= Long.MAX_VALUE / NANOS ? rest * NANOS / perSecond : (long) (rest * nanosPerTick);
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : (value >>> 1) * 2.0;
  }
}
