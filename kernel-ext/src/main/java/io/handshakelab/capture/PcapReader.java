package io.handshakelab.capture;

import io.handshakelab.bytes.Bytes;

// draft-ietf-opsawg-pcap, in the byte order that the first number tells
//   File header, 24 octets             Record header, 16 octets (24 in "modified" files)
//  |   Magic Number (4)           |   |   Timestamp, seconds (4)     |
//  |   Major (2) | Minor (2)      |   |   Timestamp, µs or ns (4)    |
//  |   Reserved1 (4)              |   |   Captured Packet Length (4) |
//  |   Reserved2 (4)              |   |   Original Packet Length (4) |
//  |   SnapLen (4)                |
//  |   FCS and LinkType (4)       |

/** Reads pcap files. */
final class PcapReader {
  static final int MICROSECONDS = 0xa1b2c3d4;
  static final int NANOSECONDS = 0xa1b23c4d;

  /** In Reserved2, which readers ignore: no frame of this file was captured. */
  static final int ALL_MADE_UP = 0x48534c53;

  private static final int MODIFIED = 0xa1b2cd34;
  private static final int FILE_HEADER = 24;

  private final Words words;
  private final int header;
  private final long nanosPerTick;
  private final LinkType type;
  private final Evidence evidence;
  private final FrameSink sink;

  private PcapReader(Words words, int magic, LinkType type, Evidence evidence, FrameSink sink) {
    this.words = words;
    this.header = magic == MODIFIED ? 24 : 16;
    this.nanosPerTick = magic == NANOSECONDS ? 1 : 1000;
    this.type = type;
    this.evidence = evidence;
    this.sink = sink;
  }

  static boolean recognises(Bytes file) {
    return file.length() >= 4 && (isMagic(magic(file)) || isMagic(swappedMagic(file)));
  }

  static void read(Bytes file, FrameSink sink) {
    if (file.length() < FILE_HEADER) {
      sink.warning("the file is cut off: it ends within its header");
      return;
    }
    boolean little = !isMagic(magic(file));
    int magic = little ? swappedMagic(file) : magic(file);
    Words words = new Words(file, little);
    LinkType type = new LinkType((int) words.u32(20) & 0xffff);
    Evidence evidence = Evidence.WIRE;
    if (words.u32(12) == ALL_MADE_UP) {
      evidence = Evidence.INFERRED;
      sink.warning(
          "the frames were synthesised from socket I/O; a pcap file cannot say which payloads were"
              + " seen, so all count as inferred");
    }
    records(words, magic, type, evidence, sink);
  }

  private static void records(
      Words words, int magic, LinkType type, Evidence evidence, FrameSink sink) {
    PcapReader reader = new PcapReader(words, magic, type, evidence, sink);
    int at = FILE_HEADER;
    while (at >= 0 && at < words.length()) {
      at = reader.record(at);
    }
  }

  /**
   * The offset behind this record, or -1 if nothing more can be read. A method of its own, so that
   * it is compiled soon.
   */
  private int record(int at) {
    if (!sink.hasRoom()) {
      sink.tooManyFrames();
      return -1;
    }
    if (words.length() - at < header) {
      sink.warning("the file is cut off: it ends behind frame " + sink.frameCount());
      return -1;
    }
    int captured = words.count(at + 8);
    if (captured > words.length() - at - header) {
      sink.warning("the file is cut off: it ends within frame " + (sink.frameCount() + 1));
      return -1;
    }
    long time = words.u32(at) * 1_000_000_000L + words.u32(at + 4) * nanosPerTick;
    sink.frame(
        time, type, words.bytes(), at + header, captured, words.count(at + 12), evidence, null);
    return at + header + captured;
  }

  private static int magic(Bytes file) {
    return (int) file.u32(0);
  }

  private static int swappedMagic(Bytes file) {
    return Integer.reverseBytes(magic(file));
  }

  private static boolean isMagic(int number) {
    return number == MICROSECONDS || number == NANOSECONDS || number == MODIFIED;
  }
}
