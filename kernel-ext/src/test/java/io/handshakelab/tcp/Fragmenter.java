package io.handshakelab.tcp;

import io.handshakelab.bytes.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Cuts IP packets into fragments (RFC 791 §3.2, RFC 8200 §4.5). */
final class Fragmenter {
  private Fragmenter() {}

  /** Pieces of {@code size} octets, a multiple of 8. */
  static List<Bytes> cut(Bytes packet, int identification, int size) {
    int header = header(packet);
    List<Bytes> pieces = new ArrayList<>();
    for (int from = 0; from < packet.length() - header; from += size) {
      pieces.add(piece(packet, identification, from, from + size));
    }
    return pieces;
  }

  /** The fragment that holds what lies behind the IP header from one offset up to another. */
  static Bytes piece(Bytes packet, int identification, int from, int to) {
    int header = header(packet);
    int end = Math.min(to, packet.length() - header);
    boolean more = end < packet.length() - header;
    Bytes content = packet.slice(header + from, header + end);
    return packet.u8(0) >> 4 == 4
        ? v4(packet, identification, from, more, content)
        : v6(packet, identification, from, more, content);
  }

  static Bytes v4(Bytes packet, int identification, int from, boolean more, Bytes content) {
    ByteBuffer out = ByteBuffer.allocate(20 + content.length());
    out.put(packet.slice(0, 20).toArray()).put(content.toArray());
    out.putShort(2, (short) out.capacity()).putShort(4, (short) identification);
    out.putShort(6, (short) ((more ? 0x2000 : 0) | from / 8)).putShort(10, (short) 0);
    int sum = 0;
    for (int i = 0; i < 20; i += 2) {
      sum += out.getShort(i) & 0xffff;
    }
    out.putShort(10, (short) ~(sum + (sum >> 16)));
    return Bytes.wrap(out.array());
  }

  static Bytes v6(Bytes packet, int identification, int from, boolean more, Bytes content) {
    ByteBuffer out = ByteBuffer.allocate(48 + content.length());
    out.put(packet.slice(0, 40).toArray());
    out.put(40, packet.toArray()[6]).putShort(42, (short) (from | (more ? 1 : 0)));
    out.putInt(44, identification).put(6, (byte) 44).putShort(4, (short) (8 + content.length()));
    out.position(48).put(content.toArray());
    return Bytes.wrap(out.array());
  }

  private static int header(Bytes packet) {
    return packet.u8(0) >> 4 == 4 ? 20 : 40;
  }
}
