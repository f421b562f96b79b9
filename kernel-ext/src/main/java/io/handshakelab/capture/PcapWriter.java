package io.handshakelab.capture;

import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Writes pcap with nanoseconds, in network byte order. */
final class PcapWriter {
  /** What tcpdump and Wireshark take a frame to be at most. */
  private static final int SNAP_LENGTH = 262_144;

  private PcapWriter() {}

  /** Fails if a pcap file cannot hold this capture: it has one link type. */
  static void check(Capture capture, Path file) {
    for (int n = 2; n <= capture.frameCount(); n++) {
      if (!capture.linkType(n).equals(capture.linkType(1))) {
        throw new Problem(
            file + " cannot hold frames of several link types: pcap has only one",
            "Save as .pcapng instead.");
      }
    }
  }

  static void write(Capture capture, OutputStream out) throws IOException {
    LinkType type = capture.frameCount() == 0 ? LinkType.ETHERNET : capture.linkType(1);
    ByteBuffer header = ByteBuffer.allocate(24);
    header.putInt(PcapReader.NANOSECONDS).putShort((short) 2).putShort((short) 4);
    header.putInt(0).putInt(isMadeUp(capture) ? PcapReader.ALL_MADE_UP : 0);
    header.putInt(SNAP_LENGTH).putInt(type.number());
    out.write(header.array(), 0, header.capacity());
    ByteBuffer record = ByteBuffer.allocate(16);
    for (int n = 1; n <= capture.frameCount(); n++) {
      long time = capture.timeNanos(n);
      record.clear();
      record.putInt((int) Math.floorDiv(time, 1_000_000_000L));
      record.putInt((int) Math.floorMod(time, 1_000_000_000L));
      record.putInt(capture.capturedLength(n)).putInt(capture.originalLength(n));
      out.write(record.array(), 0, record.capacity());
      out.write(capture.data(n).toArray());
    }
  }

  /** One frame that was not captured is enough: the file must not claim too much. */
  private static boolean isMadeUp(Capture capture) {
    for (int n = 1; n <= capture.frameCount(); n++) {
      if (capture.evidence(n) != Evidence.WIRE) {
        return true;
      }
    }
    return false;
  }
}
