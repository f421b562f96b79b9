package io.handshakelab.packet;

import io.handshakelab.bytes.Bytes;

/**
 * Finds where the IP header begins behind a link-layer header (tcpdump.org's link-layer types), and
 * behind what may stand between the two: VLAN tags, MPLS labels, PPPoE, LLC and SNAP.
 */
final class LinkHeader {
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;
  private static final int MAX_LAYERS = 8;

  private int networkAt;

  /** Offset of the IP header in the bytes that were given to {@link #find}. */
  int networkAt() {
    return networkAt;
  }

  /** Whether frames of this link-layer type can be read. */
  static boolean isKnown(int linkType) {
    return switch (linkType) {
      case 0, 1, 9, 12, 14, 50, 101, 104, 108, 113, 228, 229, 276 -> true;
      default -> false;
    };
  }

  /** True if an IP header may follow; which version it is, its own first octet says. */
  boolean find(Bytes data, int from, int to, int linkType) {
    return switch (linkType) {
      case 1 -> typeAt(data, from + 12, from + 14, to); // Ethernet: type behind two addresses
      case 101, 12, 14, 228, 229 -> ip(from, to); // raw IP, with the numbers of other systems
      case 0, 108 -> family(data, from, to); // BSD loopback
      case 113 -> typeAt(data, from + 14, from + 16, to); // Linux cooked: type at the end
      case 276 -> typeAt(data, from, from + 20, to); // Linux cooked v2: type at the start
      case 104 -> typeAt(data, from + 2, from + 4, to); // Cisco HDLC: behind address and control
      case 9, 50 -> ppp(data, from, to);
      default -> false;
    };
  }

  /** What follows has the EtherType that was found at this offset. */
  boolean etherType(Bytes data, int type, int at, int to) {
    return layers(data, type, at, to);
  }

  private boolean ip(int at, int to) {
    networkAt = at;
    return at < to;
  }

  private boolean typeAt(Bytes data, int typeAt, int next, int to) {
    return next <= to && layers(data, data.u16(typeAt), next, to);
  }

  private boolean layers(Bytes data, int first, int from, int to) {
    int type = first;
    int at = from;
    for (int i = 0; i < MAX_LAYERS; i++) {
      switch (type) {
        case IPV4, IPV6 -> {
          return ip(at, to);
        }
        case 0x8100, 0x88a8, 0x9100, 0x9200 -> {
          // IEEE 802.1Q: a tag is two octets of its own, and then the type of what follows.
          if (to - at < 4) {
            return false;
          }
          type = data.u16(at + 2);
          at += 4;
        }
        case 0x8847, 0x8848 -> {
          return mpls(data, at, to);
        }
        case 0x8864 -> {
          // RFC 2516 §4: version and type 1, code 0 for data, session, length; then PPP.
          return to - at >= 8 && data.u16(at) == 0x1100 && ppp(data, at + 6, to);
        }
        default -> {
          // IEEE 802.3: up to 1500 it is a length. RFC 1042: LLC aa aa 03, SNAP 00 00 00, type.
          boolean snap =
              type <= 1500
                  && to - at >= 8
                  && data.u24(at) == 0xaaaa03
                  && (data.u24(at + 3) == 0 || data.u24(at + 3) == 0x0000f8);
          if (!snap) {
            return false;
          }
          type = data.u16(at + 6);
          at += 8;
        }
      }
    }
    return false;
  }

  /** RFC 3032 §2.1: the lowest label of the stack has its bottom bit set. */
  private boolean mpls(Bytes data, int from, int to) {
    for (int at = from; to - at > 4 && at < from + 4 * 16; at += 4) {
      if ((data.u8(at + 2) & 1) != 0) {
        int version = data.u8(at + 4) >> 4;
        return (version == 4 || version == 6) && ip(at + 4, to);
      }
    }
    return false;
  }

  /** RFC 1662 §3.1 and §2: address and control may be left out, and the protocol be one octet. */
  private boolean ppp(Bytes data, int from, int to) {
    int at = to - from >= 2 && data.u16(from) == 0xff03 ? from + 2 : from;
    if (to - at < 2) {
      return false;
    }
    boolean small = (data.u8(at) & 1) != 0;
    int protocol = small ? data.u8(at) : data.u16(at);
    return (protocol == 0x21 || protocol == 0x57) && ip(at + (small ? 1 : 2), to);
  }

  /** The address family, in the byte order of whoever captured it; IPv6 has several numbers. */
  private boolean family(Bytes data, int from, int to) {
    if (to - from < 4) {
      return false;
    }
    long asRead = data.u32(from);
    long family =
        asRead > 0xffff ? Integer.toUnsignedLong(Integer.reverseBytes((int) asRead)) : asRead;
    return (family == 2 || family == 10 || family == 24 || family == 28 || family == 30)
        && ip(from + 4, to);
  }
}
