package io.handshakelab.simulate;

/**
 * How the TCP of a host is set up.
 *
 * @param mss what it offers as maximum segment size: 1460 on Ethernet (RFC 9293 §3.7.1)
 * @param receiveBuffer octets that wait for the application at most
 * @param windowShift what it offers as window scale (RFC 7323 §2.2)
 * @param twoMslNanos how long TIME-WAIT lasts: RFC 9293 §3.4.2 takes a lifetime of two minutes
 * @param delayedAckNanos RFC 9293 §3.8.6.3: less than half a second
 * @param refusesStrangers whether a segment for no connection is answered with a reset
 */
record TcpSettings(
    int mss,
    int receiveBuffer,
    int windowShift,
    long twoMslNanos,
    long delayedAckNanos,
    boolean refusesStrangers) {
  static final TcpSettings USUAL =
      new TcpSettings(1460, 1 << 17, 7, 240_000_000_000L, 40_000_000L, true);

  TcpSettings withReceiveBuffer(int octets, int shift) {
    return new TcpSettings(mss, octets, shift, twoMslNanos, delayedAckNanos, refusesStrangers);
  }

  TcpSettings withTwoMsl(long nanos) {
    return new TcpSettings(
        mss, receiveBuffer, windowShift, nanos, delayedAckNanos, refusesStrangers);
  }

  TcpSettings withRefusal(boolean refuses) {
    return new TcpSettings(mss, receiveBuffer, windowShift, twoMslNanos, delayedAckNanos, refuses);
  }
}
