package io.handshakelab.lab;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.LinkType;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * What was seen at sockets, written as frames: one connection or datagram after the other, ordered
 * by time. The payloads and their times are real, the headers around them are made up; each frame's
 * evidence says which is which.
 */
final class Tape {
  /** All payloads together; what comes later is passed on but not kept. */
  static final long LIMIT = 64L << 20;

  private static final int MAX_DATAGRAM = 65_000;

  private final Random random;
  private final List<TapedConnection> connections = new ArrayList<>();
  private final List<Made> datagrams = new ArrayList<>();
  private long kept;
  private boolean full;

  /** A frame before it has its place. */
  record Made(long timeNanos, Bytes packet, Evidence evidence) {}

  /**
   * @param random where initial sequence numbers come from
   */
  Tape(Random random) {
    this.random = random;
  }

  /** A connection that begins at {@code timeNanos}, when connect is called. */
  synchronized TapedConnection connection(long timeNanos) {
    TapedConnection connection =
        new TapedConnection(this, timeNanos, random.nextInt(), random.nextInt());
    connections.add(connection);
    return connection;
  }

  synchronized void datagram(long timeNanos, Endpoint from, Endpoint to, byte[] payload) {
    if (payload.length <= MAX_DATAGRAM && admits(payload.length)) {
      Bytes packet = PacketBuilder.from(from).to(to).udp(Bytes.of(payload));
      datagrams.add(new Made(timeNanos, packet, Evidence.SOCKET));
    }
  }

  /** Whether so many more bytes may be kept; once one run is refused, all later ones are. */
  synchronized boolean admits(int length) {
    full |= kept + length > LIMIT;
    kept += full ? 0 : length;
    return !full;
  }

  /** Writes all frames in the order of their times; those of equal time stay as they came. */
  synchronized void writeTo(Capture.Builder capture) {
    List<Made> all = new ArrayList<>(datagrams);
    connections.forEach(connection -> all.addAll(connection.frames()));
    all.sort(Comparator.comparingLong(Made::timeNanos));
    for (Made made : all) {
      capture.frame(
          made.timeNanos(),
          LinkType.RAW,
          made.packet(),
          made.packet().length(),
          made.evidence(),
          null);
    }
    if (full) {
      capture.warning(
          "more than " + (LIMIT >> 20) + " MiB went through the relay: the rest was not recorded");
    }
  }
}
