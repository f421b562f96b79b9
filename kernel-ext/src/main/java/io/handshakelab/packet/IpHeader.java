package io.handshakelab.packet;

import io.handshakelab.bytes.Bytes;

/** Reads an IPv4 (RFC 791 §3.1) or IPv6 (RFC 8200 §3) header up to the transport header. */
final class IpHeader {
  private static final int MAX_EXTENSION_HEADERS = 16;

  private int version;
  private int protocol;
  private int sourceAt;
  private int destinationAt;
  private int transportAt;
  private int transportLength;
  private boolean fragment;
  private int fragmentOffset;
  private boolean moreFragments;
  private int identification;

  /**
   * True if a transport header follows. Of a {@linkplain #isFragment fragment} the answer is false,
   * but {@link #transportAt} and all else is known.
   *
   * @param onWire octets from the IP header to the end of the frame on the wire
   */
  boolean find(Bytes data, int at, int to, int onWire) {
    fragment = false;
    protocol = -1;
    version = at < to ? data.u8(at) >> 4 : 0;
    return switch (version) {
      case 4 -> ipv4(data, at, to, onWire);
      case 6 -> ipv6(data, at, to, onWire);
      default -> false;
    };
  }

  /** That the last packet was a fragment. */
  void forget() {
    fragment = false;
    protocol = -1;
  }

  int version() {
    return version;
  }

  int protocol() {
    return protocol;
  }

  int sourceAt() {
    return sourceAt;
  }

  int destinationAt() {
    return destinationAt;
  }

  int transportAt() {
    return transportAt;
  }

  /** Octets of transport header and payload by the IP header. */
  int transportLength() {
    return transportLength;
  }

  boolean isFragment() {
    return fragment;
  }

  /** Where the content of a fragment belongs in its datagram, in octets. */
  int fragmentOffset() {
    return fragmentOffset;
  }

  boolean moreFragments() {
    return moreFragments;
  }

  /** Equal in all fragments of one datagram. */
  int identification() {
    return identification;
  }

  Bytes address(Bytes data, int at) {
    return data.slice(at, at + (version == 4 ? 4 : 16));
  }

  long high(Bytes data, int at) {
    return version == 4 ? 0 : data.i64(at);
  }

  long low(Bytes data, int at) {
    return version == 4 ? data.u32(at) : data.i64(at + 8);
  }

  // RFC 791 §3.1
  //  |Version|  IHL  |Type of Service|          Total Length         |
  //  |         Identification        |Flags|     Fragment Offset     |
  //  |  Time to Live |    Protocol   |        Header Checksum        |
  //  |                       Source Address                          |
  //  |                    Destination Address                        |
  private boolean ipv4(Bytes data, int at, int to, int onWire) {
    int header = (data.u8(at) & 0x0f) * 4;
    if (header < 20 || to - at < header) {
      return false;
    }
    // A total length of 0 was left to the network card, which cuts a large segment into many.
    int total = data.u16(at + 2) == 0 ? onWire : data.u16(at + 2);
    if (total < header) {
      return false;
    }
    sourceAt = at + 12;
    destinationAt = at + 16;
    transportAt = at + header;
    transportLength = total - header;
    protocol = data.u8(at + 9);
    int word = data.u16(at + 6);
    // More fragments follow, or this is not the first.
    fragment = (word & 0x3fff) != 0;
    fragmentOffset = (word & 0x1fff) * 8;
    moreFragments = (word & 0x2000) != 0;
    identification = data.u16(at + 4);
    return !fragment;
  }

  // RFC 8200 §3
  //  |Version| Traffic Class |           Flow Label                  |
  //  |         Payload Length        |  Next Header  |   Hop Limit   |
  //  |                  Source Address (16 octets)                   |
  //  |               Destination Address (16 octets)                 |
  private boolean ipv6(Bytes data, int at, int to, int onWire) {
    if (to - at < 40) {
      return false;
    }
    sourceAt = at + 8;
    destinationAt = at + 24;
    int next = data.u8(at + 6);
    int length = data.u16(at + 4);
    if (length == 0) {
      int jumbo = next == 0 ? jumbo(data, at + 40, to) : -1;
      length = jumbo < 0 ? onWire - 40 : jumbo;
    }
    return extensions(data, next, at + 40, to, length);
  }

  /** The length in a jumbo payload option of the hop-by-hop header (RFC 2675 §2), or -1. */
  private static int jumbo(Bytes data, int from, int to) {
    if (to - from < 8) {
      return -1;
    }
    int end = Math.min(to, from + (data.u8(from + 1) + 1) * 8);
    int at = from + 2;
    while (at + 2 <= end) {
      int type = data.u8(at);
      if (type == 0xc2 && data.u8(at + 1) == 4 && end - at >= 6) {
        return (int) Math.min(data.u32(at + 2), Integer.MAX_VALUE);
      }
      at += type == 0 ? 1 : 2 + data.u8(at + 1);
    }
    return -1;
  }

  /** RFC 8200 §4: each header names the next, and most tell their length in units of 8 octets. */
  private boolean extensions(Bytes data, int first, int from, int to, int length) {
    int next = first;
    int at = from;
    for (int i = 0; i < MAX_EXTENSION_HEADERS && isExtension(next); i++) {
      if (to - at < 8) {
        return false;
      }
      int size;
      if (next == 44) { // RFC 8200 §4.5: an atomic fragment is a whole datagram
        int word = data.u16(at + 2);
        fragment = (word & 0xfff9) != 0;
        fragmentOffset = word & 0xfff8;
        moreFragments = (word & 1) != 0;
        identification = (int) data.u32(at + 4);
        size = 8;
      } else if (next == 51) { // RFC 4302 §2.2: in units of 4 octets, less two
        size = (data.u8(at + 1) + 2) * 4;
      } else {
        size = (data.u8(at + 1) + 1) * 8;
      }
      next = data.u8(at);
      at += size;
      if (fragment) {
        break;
      }
      if (at > to) {
        return false;
      }
    }
    protocol = next;
    transportAt = at;
    transportLength = length - (at - from);
    fragment &= transportLength >= 0;
    return transportLength >= 0 && !fragment;
  }

  private static boolean isExtension(int header) {
    return switch (header) {
      case 0, 43, 44, 51, 60, 135, 139, 140 -> true;
      default -> false;
    };
  }
}
