package io.handshakelab.tcp;

import org.jspecify.annotations.Nullable;

/** The control bits of a TCP header (RFC 9293 §3.1). */
final class Flags {
  static final int FIN = 0x01;
  static final int SYN = 0x02;
  static final int RST = 0x04;
  static final int PSH = 0x08;
  static final int ACK = 0x10;

  private static final String[] NAMES = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"};

  /** The names of each set that was asked for. */
  private static final @Nullable String[] KNOWN = new String[256];

  private Flags() {}

  static boolean has(int flags, int bit) {
    return (flags & bit) != 0;
  }

  static boolean isOpening(int flags) {
    return (flags & (SYN | ACK)) == SYN;
  }

  static boolean isOpeningReply(int flags) {
    return (flags & (SYN | ACK)) == (SYN | ACK);
  }

  /** Octets of sequence space beside the data: SYN and FIN count as one (RFC 9293 §3.4). */
  static int sequenceSpace(int flags) {
    return (has(flags, SYN) ? 1 : 0) + (has(flags, FIN) ? 1 : 0);
  }

  /** {@code SYN,ACK}: in the order of the bits, the lowest first. */
  static String names(int flags) {
    String known = KNOWN[flags];
    if (known == null) {
      known = joined(flags);
      KNOWN[flags] = known; // strings may be shared between threads like this
    }
    return known;
  }

  private static String joined(int flags) {
    StringBuilder names = new StringBuilder();
    for (int bit = 0; bit < NAMES.length; bit++) {
      if (has(flags, 1 << bit)) {
        names.append(names.isEmpty() ? "" : ",").append(NAMES[bit]);
      }
    }
    return names.toString();
  }
}
