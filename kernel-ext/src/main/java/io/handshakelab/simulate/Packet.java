package io.handshakelab.simulate;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.packet.Endpoint;
import io.handshakelab.packet.PacketBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What the network carries: a segment of TCP, or a datagram of UDP.
 *
 * @param segment null in a datagram
 * @param payload of the datagram; empty for a segment
 */
record Packet(Endpoint from, Endpoint to, @Nullable Segment segment, Bytes payload) {
  static Packet datagram(Endpoint from, Endpoint to, Bytes payload) {
    return new Packet(from, to, null, payload);
  }

  static Packet segment(Endpoint from, Endpoint to, Segment segment) {
    return new Packet(from, to, segment, Bytes.EMPTY);
  }

  /** As raw IP, with this number in the header of IP. */
  Bytes octets(int identification) {
    PacketBuilder builder = PacketBuilder.from(from).to(to).identification(identification);
    Segment s = segment;
    if (s == null) {
      return builder.udp(payload);
    }
    builder.seq(s.seq()).flags(s.flags()).window(s.window());
    if (s.isAck()) {
      builder.ack(s.ack());
    }
    if (s.mss() > 0) {
      builder.mss(s.mss());
    }
    if (s.shift() != Segment.NO_SCALE) {
      builder.windowScale(s.shift());
    }
    return builder.tcp(s.data());
  }
}
