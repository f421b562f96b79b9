package io.handshakelab.tls;

/**
 * How much decrypted application data is kept: it lies in memory, unlike what is read from the
 * capture. What goes beyond is opened and counted, but not kept.
 */
final class PlaintextLimit {
  /** Octets of one connection, both ends together: 64 MiB. */
  static final int OF_CONNECTION = 64 << 20;

  /** Octets of one capture: 128 MiB. */
  static final int OF_CAPTURE = 128 << 20;

  private final int ofConnection;
  private final int ofCapture;
  private int left;

  PlaintextLimit() {
    this(OF_CONNECTION, OF_CAPTURE);
  }

  PlaintextLimit(int ofConnection, int ofCapture) {
    this.ofConnection = ofConnection;
    this.ofCapture = ofCapture;
    this.left = ofCapture;
  }

  /** The same as long as no other connection has kept anything. */
  PlaintextLimit alone() {
    return new PlaintextLimit(ofConnection, ofCapture);
  }

  /** Whether so much more may be kept of the capture; then it counts as kept. */
  boolean take(int octets) {
    if (octets > left) {
      return false;
    }
    left -= octets;
    return true;
  }

  Share share() {
    return new Share();
  }

  /** What one connection may keep. */
  final class Share {
    private int own = ofConnection;
    private long refused;

    /** Whether so much more may be kept; after the first refusal nothing is. */
    boolean take(int octets) {
      if (refused > 0 || octets > own || octets > left) {
        refused += octets;
        return octets == 0;
      }
      own -= octets;
      left -= octets;
      return true;
    }

    int taken() {
      return ofConnection - own;
    }

    /** Octets that were not kept. */
    long refused() {
      return refused;
    }
  }
}
