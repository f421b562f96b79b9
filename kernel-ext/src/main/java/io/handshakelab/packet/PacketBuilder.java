package io.handshakelab.packet;

import io.handshakelab.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Makes raw IP packets ({@link io.handshakelab.capture.LinkType#RAW}) with right lengths and
 * checksums: {@code PacketBuilder.from(a).to(b).seq(1).flags(PacketBuilder.SYN).mss(1460).tcp()}.
 */
public final class PacketBuilder {
  public static final int FIN = 0x01;
  public static final int SYN = 0x02;
  public static final int RST = 0x04;
  public static final int PSH = 0x08;
  public static final int ACK = 0x10;

  /** What fits behind the largest headers made here in one IPv4 packet (RFC 791 §3.1). */
  public static final int MAX_PAYLOAD = 65_535 - 20 - 60;

  private static final int DONT_FRAGMENT = 0x4000;
  private static final int HOP_LIMIT = 64;

  private final Endpoint source;
  private final Endpoint destination;
  private final ByteArrayOutputStream options = new ByteArrayOutputStream();
  private long seq;
  private long ack;
  private int flags;
  private int window = 65_535;
  private int identification;

  private PacketBuilder(Endpoint source, Endpoint destination) {
    if (source.address().length() != destination.address().length()) {
      throw new IllegalArgumentException("IPv4 and IPv6 in one packet");
    }
    this.source = source;
    this.destination = destination;
  }

  /** Begins a packet; {@link From#to} names its destination. */
  public static From from(Endpoint source) {
    return new From(source);
  }

  /** The first half of a packet's addresses. */
  public record From(Endpoint source) {
    public PacketBuilder to(Endpoint destination) {
      return new PacketBuilder(source, destination);
    }
  }

  /** Modulo 2^32. */
  public PacketBuilder seq(long number) {
    seq = number;
    return this;
  }

  /** Modulo 2^32; sets the ACK bit. */
  public PacketBuilder ack(long number) {
    ack = number;
    flags |= ACK;
    return this;
  }

  /** Adds control bits. */
  public PacketBuilder flags(int bits) {
    flags |= bits;
    return this;
  }

  /** As it is to stand in the header, not scaled; 65535 unless told otherwise. */
  public PacketBuilder window(int size) {
    window = size;
    return this;
  }

  /** The number in the header of IPv4 by which fragments are told apart (RFC 791 §3.1). */
  public PacketBuilder identification(int number) {
    identification = number;
    return this;
  }

  /** Adds the maximum segment size option (RFC 9293 §3.7.1). */
  public PacketBuilder mss(int size) {
    return option(2, size >> 8, size);
  }

  /** Adds the window scale option (RFC 7323 §2.2). */
  public PacketBuilder windowScale(int shift) {
    return option(3, shift);
  }

  /** Adds the option that permits selective acknowledgement (RFC 2018 §2). */
  public PacketBuilder sackPermitted() {
    return option(4);
  }

  /** A segment without data. */
  public Bytes tcp() {
    return tcp(Bytes.EMPTY);
  }

  /** A segment with this data. */
  public Bytes tcp(Bytes payload) {
    while (options.size() % 4 != 0) {
      options.write(1);
    }
    int header = 20 + options.size();
    ByteBuffer packet = ip(PacketDecoder.TCP, header + payload.length());
    int at = packet.position();
    packet.putShort((short) source.port()).putShort((short) destination.port());
    packet.putInt((int) seq).putInt((int) ack);
    packet.put((byte) ((header / 4) << 4)).put((byte) flags).putShort((short) window);
    packet.putInt(0).put(options.toByteArray()).put(payload.toArray());
    int sum = transportChecksum(packet, at, PacketDecoder.TCP);
    packet.putShort(at + 16, (short) sum);
    return whole(packet);
  }

  /** A datagram with this data. */
  public Bytes udp(Bytes payload) {
    int length = 8 + payload.length();
    ByteBuffer packet = ip(PacketDecoder.UDP, length);
    int at = packet.position();
    packet.putShort((short) source.port()).putShort((short) destination.port());
    packet.putShort((short) length).putShort((short) 0).put(payload.toArray());
    int sum = transportChecksum(packet, at, PacketDecoder.UDP);
    // RFC 768: a checksum that comes out as 0 is sent as ones.
    packet.putShort(at + 6, (short) (sum == 0 ? 0xffff : sum));
    return whole(packet);
  }

  private static Bytes whole(ByteBuffer packet) {
    byte[] octets = new byte[packet.capacity()];
    packet.get(0, octets);
    return Bytes.wrap(octets);
  }

  private PacketBuilder option(int kind, int... data) {
    options.write(kind);
    options.write(2 + data.length);
    for (int octet : data) {
      options.write(octet);
    }
    return this;
  }

  /** A buffer with the IP header in it, at the place where the transport header begins. */
  private ByteBuffer ip(int protocol, int length) {
    boolean v4 = source.address().length() == 4;
    if (length > (v4 ? 65_535 - 20 : 65_535)) {
      throw new IllegalArgumentException(length + " octets do not fit in an IP packet");
    }
    ByteBuffer packet = ByteBuffer.allocate((v4 ? 20 : 40) + length);
    if (v4) {
      packet.put((byte) 0x45).put((byte) 0).putShort((short) (20 + length));
      packet.putShort((short) identification).putShort((short) DONT_FRAGMENT);
      packet.put((byte) HOP_LIMIT).put((byte) protocol).putShort((short) 0);
    } else {
      packet.putInt(6 << 28).putShort((short) length);
      packet.put((byte) protocol).put((byte) HOP_LIMIT);
    }
    packet.put(source.address().toArray()).put(destination.address().toArray());
    if (v4) {
      packet.putShort(10, (short) folded(sum(packet, 0, 20)));
    }
    return packet;
  }

  /** With the pseudo-header of RFC 9293 §3.1, or of RFC 8200 §8.1. */
  private int transportChecksum(ByteBuffer packet, int at, int protocol) {
    int addresses = 2 * source.address().length();
    long sum = sum(packet, at - addresses, addresses) + protocol + (packet.capacity() - at);
    return folded(sum + sum(packet, at, packet.capacity() - at));
  }

  /** RFC 1071: the sum of the 16-bit words, an odd octet counting as the first of its word. */
  private static long sum(ByteBuffer packet, int at, int length) {
    long sum = 0;
    for (int i = 0; i + 1 < length; i += 2) {
      sum += packet.getShort(at + i) & 0xffff;
    }
    return length % 2 == 0 ? sum : sum + ((packet.get(at + length - 1) & 0xff) << 8);
  }

  private static int folded(long sum) {
    long rest = sum;
    while (rest > 0xffff) {
      rest = (rest & 0xffff) + (rest >> 16);
    }
    return (int) ~rest & 0xffff;
  }
}
