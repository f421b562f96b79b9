package io.handshakelab.packet;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.LinkType;

/**
 * Finds the TCP or UDP header in a frame and keeps what stands in it until the next call. One
 * decoder serves a whole capture: decoding makes no objects, which is why it goes by offsets
 * instead of a {@link io.handshakelab.bytes.ByteReader}. It never throws, whatever the frame holds.
 * Not for several threads at once.
 */
public final class PacketDecoder {
  /** Protocol number of TCP (RFC 9293). */
  public static final int TCP = 6;

  /** Protocol number of UDP (RFC 768). */
  public static final int UDP = 17;

  private final LinkHeader link = new LinkHeader();
  private final IpHeader ip = new IpHeader();
  private final TcpOptions options = new TcpOptions();

  private Bytes data = Bytes.EMPTY;
  private int start;
  private int sourcePort;
  private int destinationPort;
  private long seq;
  private long ack;
  private int flags;
  private int window;
  private int payloadAt;
  private int payloadLength;
  private int capturedPayloadLength;

  /** Decodes frame {@code number}; true if it is a whole TCP segment or UDP datagram. */
  public boolean decode(Capture capture, int number) {
    int from = capture.storageOffset(number);
    return decode(
        capture.storage(number),
        from,
        from + capture.capturedLength(number),
        capture.originalLength(number),
        capture.linkType(number));
  }

  /** Decodes a frame that was captured whole. */
  public boolean decode(Bytes frame, LinkType type) {
    return decode(frame, 0, frame.length(), frame.length(), type);
  }

  /**
   * Decodes the frame that lies in {@code bytes} from {@code from} up to {@code to}.
   *
   * @param originalLength octets that the frame had on the wire
   */
  public boolean decode(Bytes bytes, int from, int to, int originalLength, LinkType type) {
    data = bytes;
    start = from;
    int onWire = Math.max(originalLength, to - from);
    if (!link.find(bytes, from, to, type.number())
        || !ip.find(bytes, link.networkAt(), to, onWire - (link.networkAt() - from))) {
      return false;
    }
    return switch (ip.protocol()) {
      case TCP -> tcp(ip.transportAt(), to);
      case UDP -> udp(ip.transportAt(), to);
      default -> false;
    };
  }

  /** 4 or 6. */
  public int ipVersion() {
    return ip.version();
  }

  /** {@link #TCP} or {@link #UDP}. */
  public int protocol() {
    return ip.protocol();
  }

  public boolean isTcp() {
    return ip.protocol() == TCP;
  }

  /**
   * True if {@link #decode} said no because the frame holds a part of an IP datagram (RFC 791
   * §2.3).
   */
  public boolean isFragment() {
    return ip.isFragment();
  }

  /** A new object: where many packets go by, compare the numbers below instead. */
  public Endpoint source() {
    return new Endpoint(ip.address(data, ip.sourceAt()), sourcePort);
  }

  /** A new object, as {@link #source}. */
  public Endpoint destination() {
    return new Endpoint(ip.address(data, ip.destinationAt()), destinationPort);
  }

  /** The first 8 octets of the IPv6 source address; 0 in IPv4. */
  public long sourceHigh() {
    return ip.high(data, ip.sourceAt());
  }

  /** The last 8 octets of the IPv6 source address, or the 4 octets of an IPv4 one. */
  public long sourceLow() {
    return ip.low(data, ip.sourceAt());
  }

  /** As {@link #sourceHigh}. */
  public long destinationHigh() {
    return ip.high(data, ip.destinationAt());
  }

  /** As {@link #sourceLow}. */
  public long destinationLow() {
    return ip.low(data, ip.destinationAt());
  }

  public int sourcePort() {
    return sourcePort;
  }

  public int destinationPort() {
    return destinationPort;
  }

  /** TCP only: the sequence number as it stands in the header. */
  public long seq() {
    return seq;
  }

  /** TCP only: the acknowledgement number as it stands in the header, also without ACK. */
  public long ack() {
    return ack;
  }

  /** TCP only: FIN 0x01, SYN 0x02, RST 0x04, PSH 0x08, ACK 0x10, URG 0x20, ECE 0x40, CWR 0x80. */
  public int flags() {
    return flags;
  }

  /** TCP only: as it stands in the header, not scaled. */
  public int window() {
    return window;
  }

  /** TCP only: the shift of the window scale option (RFC 7323 §2.2), or -1 without it. */
  public int windowScale() {
    return options.windowScale();
  }

  /** TCP only: the maximum segment size option (RFC 9293 §3.7.1), or -1 without it. */
  public int maximumSegmentSize() {
    return options.maximumSegmentSize();
  }

  /** TCP only: whether selective acknowledgement is permitted (RFC 2018 §2). */
  public boolean sackPermitted() {
    return options.sackPermitted();
  }

  /** Where the payload begins, from the start of the frame. */
  public int payloadOffset() {
    return payloadAt - start;
  }

  /** Octets of payload by the headers; more than were captured if the frame was snapped. */
  public int payloadLength() {
    return payloadLength;
  }

  /** Octets of payload that are there; padding of the link layer is not among them. */
  public int capturedPayloadLength() {
    return capturedPayloadLength;
  }

  /** The payload that is there: a new object. */
  public Bytes payload() {
    return data.slice(payloadAt, payloadAt + capturedPayloadLength);
  }

  // RFC 9293 §3.1
  //   0                   1                   2                   3
  //   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
  //  |          Source Port          |       Destination Port        |
  //  |                        Sequence Number                        |
  //  |                    Acknowledgment Number                      |
  //  | Offset|  Rsrv |  Control bits |            Window             |
  //  |           Checksum            |         Urgent Pointer        |
  //  |                           [Options]                           |
  private boolean tcp(int at, int to) {
    if (to - at < 20) {
      return false;
    }
    int header = (data.u8(at + 12) >> 4) * 4;
    if (header < 20 || header > ip.transportLength()) {
      return false;
    }
    ports(at);
    seq = data.u32(at + 4);
    ack = data.u32(at + 8);
    flags = data.u8(at + 13);
    window = data.u16(at + 14);
    options.read(data, at + 20, Math.min(at + header, to));
    payload(at + header, ip.transportLength() - header, to);
    return true;
  }

  // RFC 768
  //  |          Source Port          |       Destination Port        |
  //  |            Length             |           Checksum            |
  private boolean udp(int at, int to) {
    if (to - at < 8 || ip.transportLength() < 8) {
      return false;
    }
    ports(at);
    // Length 0 is a jumbogram (RFC 2675 §4): then the IP header alone tells the length.
    int length = data.u16(at + 4) == 0 ? ip.transportLength() : data.u16(at + 4);
    if (length < 8) {
      return false;
    }
    payload(at + 8, Math.min(length, ip.transportLength()) - 8, to);
    return true;
  }

  private void ports(int at) {
    sourcePort = data.u16(at);
    destinationPort = data.u16(at + 2);
  }

  private void payload(int at, int length, int to) {
    payloadAt = Math.min(at, to);
    payloadLength = length;
    capturedPayloadLength = Math.max(0, Math.min(length, to - at));
  }
}
