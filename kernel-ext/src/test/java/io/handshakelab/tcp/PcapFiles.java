package io.handshakelab.tcp;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.capture.Evidence;
import io.handshakelab.capture.LinkType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Classic pcap files with nanoseconds, written and read plainly. */
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

  static Capture read(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int unit = in.getInt(0) == 0xa1b23c4d ? 1 : 1000;
    LinkType type = new LinkType(in.getInt(20));
    Capture.Builder builder = Capture.builder(file.getFileName().toString());
    in.position(24);
    while (in.remaining() >= 16) {
      long nanos = in.getInt() * 1_000_000_000L + (long) in.getInt() * unit;
      byte[] data = new byte[in.getInt()];
      int original = in.getInt();
      in.get(data);
      builder.frame(nanos, type, Bytes.wrap(data), original, Evidence.WIRE, null);
    }
    return builder.build();
  }
}
