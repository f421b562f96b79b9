package io.handshakelab.oracle;

import io.handshakelab.capture.Capture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes a loopback capture as hard as those from real lines: the same seed, the same damage. Frames
 * are Ethernet with IPv4 and TCP, as tcpdump writes them on {@code lo}.
 */
final class Mangler {
  private static final int ETHERNET = 14;
  private static final int IP = 20;

  private final Random random;
  private final List<byte[]> packets = new ArrayList<>();

  Mangler(Capture capture, long seed) {
    this.random = new Random(seed);
    for (int i = 1; i <= capture.frameCount(); i++) {
      packets.add(capture.data(i).toArray());
    }
  }

  /** Segments of at most this many octets instead of those of 64 KiB that loopback has. */
  Mangler segments(int most) {
    List<byte[]> all = new ArrayList<>();
    for (byte[] packet : packets) {
      int length = packet.length - dataAt(packet);
      for (int from = 0; from == 0 || from < length; from += most) {
        all.add(part(packet, from, Math.min(length, from + most)));
      }
    }
    return replace(all);
  }

  /** Some data comes in two segments, the second of which repeats a little of the first. */
  Mangler overlaps(double share) {
    List<byte[]> all = new ArrayList<>();
    for (byte[] packet : packets) {
      int length = packet.length - dataAt(packet);
      if (length > 1 && random.nextDouble() < share) {
        int cut = 1 + random.nextInt(length - 1);
        all.add(part(packet, 0, cut));
        all.add(part(packet, cut - random.nextInt(Math.min(cut, 20) + 1), length));
      } else {
        all.add(packet);
      }
    }
    return replace(all);
  }

  /** Packets that come up to three places later, those of the other end among these. */
  Mangler reorders(double share) {
    for (int i = 0; i < packets.size(); i++) {
      if (random.nextDouble() < share) {
        int to = Math.min(packets.size() - 1, i + 1 + random.nextInt(3));
        packets.add(to, packets.remove(i));
      }
    }
    return this;
  }

  /** Packets of one end, one behind the other, that change places. */
  Mangler swaps(double share) {
    for (int i = 0; i + 1 < packets.size(); i++) {
      int ports = ByteBuffer.wrap(packets.get(i)).getInt(ETHERNET + IP);
      int nextPorts = ByteBuffer.wrap(packets.get(i + 1)).getInt(ETHERNET + IP);
      if (ports == nextPorts && random.nextDouble() < share) {
        packets.add(i + 1, packets.remove(i));
      }
    }
    return this;
  }

  Mangler duplicates(double share) {
    for (int i = packets.size() - 1; i >= 0; i--) {
      if (random.nextDouble() < share) {
        packets.add(Math.min(packets.size(), i + 1 + random.nextInt(4)), packets.get(i));
      }
    }
    return this;
  }

  Mangler losses(double share) {
    packets.removeIf(packet -> random.nextDouble() < share);
    return this;
  }

  /** One or two VLAN tags (IEEE 802.1Q) behind the addresses. */
  Mangler vlanTags() {
    packets.replaceAll(
        packet -> {
          byte[] tags = {(byte) 0x88, (byte) 0xa8, 0, 7, (byte) 0x81, 0, 0, 9};
          boolean two = random.nextBoolean();
          byte[] some = two ? tags : Arrays.copyOfRange(tags, 4, 8);
          return join(
              Arrays.copyOf(packet, 12), some, Arrays.copyOfRange(packet, 12, packet.length));
        });
    return this;
  }

  /** IP fragments of at most this many octets of data, a multiple of 8 (RFC 791 §3.2). */
  Mangler fragments(int most) {
    List<byte[]> all = new ArrayList<>();
    int id = 1;
    for (byte[] packet : packets) {
      int length = packet.length - ETHERNET - IP;
      id++;
      for (int from = 0; from == 0 || from < length; from += most) {
        int to = Math.min(length, from + most);
        byte[] data = Arrays.copyOfRange(packet, ETHERNET + IP + from, ETHERNET + IP + to);
        byte[] one = join(Arrays.copyOf(packet, ETHERNET + IP), data);
        ByteBuffer header = ByteBuffer.wrap(one, ETHERNET, IP).slice();
        header.putShort(2, (short) (IP + data.length)).putShort(4, (short) id);
        header.putShort(6, (short) (from / 8 | (to < length ? 0x2000 : 0)));
        all.add(one);
      }
    }
    return replace(all);
  }

  /** A Linux cooked header instead of Ethernet's. */
  Mangler cooked() {
    byte[] header = {0, 0, 3, 4, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0};
    packets.replaceAll(packet -> join(header, Arrays.copyOfRange(packet, ETHERNET, packet.length)));
    return this;
  }

  /** One packet each 100 microseconds. */
  Path write(Path file, int linkType, int snapLength) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0);
    out.write(header.putInt(snapLength).putInt(linkType).array());
    for (int i = 0; i < packets.size(); i++) {
      byte[] packet = packets.get(i);
      int kept = Math.min(snapLength, packet.length);
      ByteBuffer record = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
      record.putInt(1_700_000_000 + i / 10_000).putInt(i % 10_000 * 100);
      out.write(record.putInt(kept).putInt(packet.length).array());
      out.write(packet, 0, kept);
    }
    return Files.write(file, out.toByteArray());
  }

  private Mangler replace(List<byte[]> all) {
    packets.clear();
    packets.addAll(all);
    return this;
  }

  private static int dataAt(byte[] packet) {
    return ETHERNET + IP + (packet[ETHERNET + IP + 12] >> 4 & 15) * 4;
  }

  /** A segment with only a part of the data; FIN and PSH stay with its end, SYN is never cut. */
  private static byte[] part(byte[] packet, int from, int to) {
    int at = dataAt(packet);
    byte[] data = Arrays.copyOfRange(packet, at + from, at + to);
    byte[] segment = join(Arrays.copyOf(packet, at), data);
    ByteBuffer headers = ByteBuffer.wrap(segment);
    headers.putShort(ETHERNET + 2, (short) (segment.length - ETHERNET));
    headers.putInt(ETHERNET + IP + 4, headers.getInt(ETHERNET + IP + 4) + from);
    if (at + to < packet.length) {
      int flags = ETHERNET + IP + 13;
      segment[flags] &= ~0x09;
    }
    return segment;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
