package io.handshakelab.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Classic pcap files with nanoseconds, written plainly. */
final class PcapFiles {
  private PcapFiles() {}

  static void write(Path file, List<Talk.Packet> packets) throws IOException {
    int size = 24 + packets.stream().mapToInt(p -> 16 + p.data().length()).sum();
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0xa1b23c4d).putShort((short) 2).putShort((short) 4).putLong(0);
    out.putInt(262144).putInt(101);
    for (Talk.Packet packet : packets) {
      out.putInt((int) (packet.nanos() / 1_000_000_000));
      out.putInt((int) (packet.nanos() % 1_000_000_000));
      out.putInt(packet.data().length()).putInt(packet.data().length());
      out.put(packet.data().toArray());
    }
    Files.write(file, out.array());
  }
}
