package io.handshakelab.packet;

import io.handshakelab.bytes.Bytes;

/** Finds where the IP header begins behind a link-layer header (tcpdump.org's link-layer types). */
final class LinkHeader {
  private static final int ETHERTYPE_IPV4 = 0x0800;
  private static final int ETHERTYPE_IPV6 = 0x86dd;
  private static final int MAX_VLAN_TAGS = 4;

  private int networkAt;

  /** Offset of the IP header in the bytes that were given to {@link #find}. */
  int networkAt() {
    return networkAt;
  }

  /** True if an IP header may follow; which version it is, its own first octet says. */
  boolean find(Bytes data, int from, int to, int linkType) {
    return switch (linkType) {
      case 1 -> etherType(data, from + 12, from + 14, to); // Ethernet: type behind two addresses
      case 101, 12, 14, 228, 229 -> ip(from, to); // raw IP, with the numbers of other systems
      case 0, 108 -> family(data, from, to); // BSD loopback
      case 113 -> etherType(data, from + 14, from + 16, to); // Linux cooked: type at the end
      case 276 -> etherType(data, from, from + 20, to); // Linux cooked v2: type at the start
      default -> false;
    };
  }

  private boolean ip(int at, int to) {
    networkAt = at;
    return at < to;
  }

  /** IEEE 802.1Q: a tag is two octets of its own, and then the type of what follows. */
  private boolean etherType(Bytes data, int typeAt, int next, int to) {
    int type = next <= to ? data.u16(typeAt) : -1;
    int at = next;
    for (int tags = 0; isVlanTag(type) && tags < MAX_VLAN_TAGS && to - at >= 4; tags++) {
      type = data.u16(at + 2);
      at += 4;
    }
    return (type == ETHERTYPE_IPV4 || type == ETHERTYPE_IPV6) && ip(at, to);
  }

  private static boolean isVlanTag(int type) {
    return type == 0x8100 || type == 0x88a8 || type == 0x9100;
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
