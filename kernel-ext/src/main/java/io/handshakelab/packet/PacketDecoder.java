package io.handshakelab.packet;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.LinkType;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  private static final int GRE = 47;
  private static final int MAX_TUNNELS = 4;

  private final LinkHeader link = new LinkHeader();
  private final IpHeader ip = new IpHeader();
  private final TcpOptions options = new TcpOptions();
  private final @Nullable Fragments fragments;

  private Bytes data = Bytes.EMPTY;
  private int start;
  private boolean reassembled;
  private long sourceHigh;
  private long sourceLow;
  private long destinationHigh;
  private long destinationLow;
  private int sourcePort;
  private int destinationPort;
  private long seq;
  private long ack;
  private int flags;
  private int window;
  private boolean wholeHeader;
  private int payloadAt;
  private int payloadLength;
  private int capturedPayloadLength;

  /** Knows nothing of fragments but that they are some. */
  public PacketDecoder() {
    this(null);
  }

  private PacketDecoder(@Nullable Fragments fragments) {
    this.fragments = fragments;
  }

  /**
   * Also puts IP fragments together: the frame that completes a datagram carries what was in it.
   * The frames of one capture must be given to {@link #decode(Capture, int)} in their order.
   */
  public static PacketDecoder reassembling() {
    return new PacketDecoder(new Fragments());
  }

  /** Whether there is a reader for frames of this link-layer type. */
  public static boolean knows(LinkType type) {
    return LinkHeader.isKnown(type.number());
  }

  /** Decodes frame {@code number}; true if it is, or completes, a TCP segment or UDP datagram. */
  public boolean decode(Capture capture, int number) {
    int from = capture.storageOffset(number);
    boolean found =
        decode(
            capture.storage(number),
            from,
            from + capture.capturedLength(number),
            capture.originalLength(number),
            capture.linkType(number));
    return found || (fragments != null && ip.isFragment() && fragment(capture, number, fragments));
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
    reassembled = false;
    ip.forget();
    int onWire = Math.max(originalLength, to - from);
    return link.find(bytes, from, to, type.number())
        && network(link.networkAt(), to, onWire - (link.networkAt() - from));
  }

  /**
   * What could not be put together so far, each in one line; for a decoder that is {@link
   * #reassembling}.
   */
  public List<String> warnings() {
    return fragments == null ? List.of() : fragments.warnings();
  }

  /** True if the payload comes from several frames: it does not lie in the capture then. */
  public boolean isReassembled() {
    return reassembled;
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
   * §2.3), and not the last one that was missing.
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
    return sourceHigh;
  }

  /** The last 8 octets of the IPv6 source address, or the 4 octets of an IPv4 one. */
  public long sourceLow() {
    return sourceLow;
  }

  /** As {@link #sourceHigh}. */
  public long destinationHigh() {
    return destinationHigh;
  }

  /** As {@link #sourceLow}. */
  public long destinationLow() {
    return destinationLow;
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

  /** TCP only: whether the options were captured to their end. */
  public boolean hasWholeHeader() {
    return wholeHeader;
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

  /** Where the payload begins, from the start of the frame; not if it is reassembled. */
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

  /** From an IP header on, into the IP packets that it may carry. */
  private boolean network(int from, int end, int onWire) {
    int at = from;
    int to = end;
    int length = onWire;
    for (int depth = 0; depth <= MAX_TUNNELS; depth++) {
      if (!ip.find(data, at, to, length)) {
        return false;
      }
      at = ip.transportAt();
      length = ip.transportLength();
      switch (ip.protocol()) {
        case TCP -> {
          return tcp(at, to);
        }
        case UDP -> {
          return udp(at, to);
        }
        case 4, 41 -> {} // RFC 2003 and RFC 4213: an IP packet in an IP packet
        case GRE -> {
          if (!gre(at, to)) {
            return false;
          }
          length -= link.networkAt() - at;
          at = link.networkAt();
        }
        default -> {
          return false;
        }
      }
      to = (int) Math.min(to, at + (long) length);
    }
    return false;
  }

  // RFC 2784 §2.1, RFC 2890 §2: the bits tell which of checksum, key and number are there
  //  |C| |K|S| Reserved0 | Ver |         Protocol Type         |
  private boolean gre(int at, int to) {
    if (to - at < 4 || (data.u16(at) & 0x4007) != 0) {
      return false;
    }
    int bits = data.u8(at);
    int size = 4 + ((bits >> 7 & 1) + (bits >> 5 & 1) + (bits >> 4 & 1)) * 4;
    return size < to - at && link.etherType(data, data.u16(at + 2), at + size, to);
  }

  private boolean fragment(Capture capture, int number, Fragments known) {
    int at = ip.transportAt();
    int to = start + capture.capturedLength(number);
    if (ip.transportLength() > to - at) {
      // Snapped, so that it cannot become whole: the first one has the headers all the same.
      return ip.fragmentOffset() == 0
          && switch (ip.protocol()) {
            case TCP -> tcp(at, to);
            case UDP -> udp(at, to);
            default -> false;
          };
    }
    Bytes packet = known.add(data, ip, number, capture.timeNanos(number));
    if (packet == null) {
      return false;
    }
    data = packet;
    start = 0;
    reassembled = true;
    return network(0, packet.length(), packet.length());
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
    ends(at);
    seq = data.u32(at + 4);
    ack = data.u32(at + 8);
    flags = data.u8(at + 13);
    window = data.u16(at + 14);
    wholeHeader = header <= to - at;
    options.lieIn(data, at + 20, Math.min(at + header, to));
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
    ends(at);
    // Length 0 is a jumbogram (RFC 2675 §4): then the IP header alone tells the length.
    int length = data.u16(at + 4) == 0 ? ip.transportLength() : data.u16(at + 4);
    if (length < 8) {
      return false;
    }
    payload(at + 8, Math.min(length, ip.transportLength()) - 8, to);
    return true;
  }

  private void ends(int at) {
    sourceHigh = ip.high(data, ip.sourceAt());
    sourceLow = ip.low(data, ip.sourceAt());
    destinationHigh = ip.high(data, ip.destinationAt());
    destinationLow = ip.low(data, ip.destinationAt());
    sourcePort = data.u16(at);
    destinationPort = data.u16(at + 2);
  }

  private void payload(int at, int length, int to) {
    payloadAt = Math.min(at, to);
    payloadLength = length;
    capturedPayloadLength = Math.max(0, Math.min(length, to - at));
  }
}
