package io.handshakelab.capture;

import io.handshakelab.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;

// draft-ietf-opsawg-pcapng §3.1: a file is a row of blocks, each section in its own byte order
//  |  Block Type (4)  |  Block Total Length (4)  |  Body, padded to 4  |  Block Total Length (4)  |

/** Reads pcapng files. Blocks that it does not know are passed over by their length. */
final class PcapngReader {
  static final int SECTION_HEADER = 0x0a0d0d0a;
  static final int INTERFACE = 1;
  static final int SIMPLE_PACKET = 3;
  static final int ENHANCED_PACKET = 6;
  static final int SECRETS = 10;
  static final int BYTE_ORDER = 0x1a2b3c4d;

  /** "TLSK": the secrets are a TLS key log. */
  static final int TLS_KEY_LOG = 0x544c534b;

  private static final int OLD_PACKET = 2;
  private static final int JOURNAL = 9;
  private static final int CUSTOM = 0x0bad;
  private static final int CUSTOM_NOT_COPIED = 0x40000bad;
  private static final int MAX_INTERFACES = 65_536;

  private final Bytes file;
  private final FrameSink sink;
  private final PcapngPackets packets;
  private final List<PcapngInterface> interfaces = new ArrayList<>();
  private Words words;

  private PcapngReader(Bytes file, FrameSink sink) {
    this.file = file;
    this.sink = sink;
    this.words = new Words(file, false);
    this.packets = new PcapngPackets(sink, interfaces);
  }

  static boolean recognises(Bytes file) {
    return file.length() >= 4 && (int) file.u32(0) == SECTION_HEADER;
  }

  static void read(Bytes file, FrameSink sink) {
    PcapngReader reader = new PcapngReader(file, sink);
    reader.blocks();
    reader.packets.warnings();
  }

  private void blocks() {
    int at = 0;
    while (at < file.length()) {
      if (file.length() - at < 12) {
        cutOff();
        return;
      }
      if ((int) file.u32(at) == SECTION_HEADER && !section(at)) {
        return;
      }
      long length = words.u32(at + 4);
      if (length < 12 || length % 4 != 0) {
        sink.warning(
            "the file is damaged behind frame "
                + sink.frameCount()
                + ": a block of "
                + length
                + " octets");
        return;
      }
      if (length > file.length() - at) {
        cutOff();
        return;
      }
      int end = at + (int) length;
      if (words.u32(end - 4) != length) {
        sink.warning(
            "the file is damaged behind frame "
                + sink.frameCount()
                + ": the two lengths of a block differ");
        return;
      }
      if (!sink.hasRoom()) {
        sink.tooManyFrames();
        return;
      }
      block((int) words.u32(at), at + 8, end - 4);
      at = end;
    }
  }

  /** A new section has its own byte order and numbers its interfaces anew. */
  private boolean section(int at) {
    int order = (int) file.u32(at + 8);
    if (order != BYTE_ORDER && Integer.reverseBytes(order) != BYTE_ORDER) {
      sink.warning(
          "the file is damaged behind frame "
              + sink.frameCount()
              + ": a section without byte order");
      return false;
    }
    words = new Words(file, order != BYTE_ORDER);
    interfaces.clear();
    return true;
  }

  private void block(int type, int from, int to) {
    switch (type) {
      case SECTION_HEADER -> sectionNotes(from, to);
      case INTERFACE -> interfaceDescription(from, to);
      case ENHANCED_PACKET -> packets.enhanced(words, from, to);
      case SIMPLE_PACKET -> packets.simple(words, from, to);
      case OLD_PACKET -> packets.old(words, from, to);
      case SECRETS -> secrets(from, to);
      case CUSTOM, CUSTOM_NOT_COPIED -> packets.withoutPacket(words, Math.min(from + 4, to), to);
      case JOURNAL -> packets.journal(words, from, to);
      default -> {} // statistics, names and what is yet to come
    }
  }

  // |  Byte-Order Magic (4)  |  Major (2)  |  Minor (2)  |  Section Length (8)  |  Options  |
  private void sectionNotes(int from, int to) {
    if (to - from < 16) {
      return;
    }
    PcapngOptions options = new PcapngOptions(words, from + 16, to);
    while (options.next()) {
      if (options.code() == PcapngOptions.COMMENT && sink.takes(options.length())) {
        SectionNotes.parse(options.text()).ifPresent(sink::notes);
      }
    }
  }

  private void interfaceDescription(int from, int to) {
    if (interfaces.size() >= MAX_INTERFACES) {
      return;
    }
    // A block too short to describe anything still takes its number.
    interfaces.add(
        to - from < 8 ? PcapngInterface.UNKNOWN : PcapngInterface.parse(words, from, to));
  }

  // |  Secrets Type (4)  |  Secrets Length (4)  |  Secrets Data, padded to 4  |  Options  |
  private void secrets(int from, int to) {
    if (to - from >= 8 && words.u32(from) == TLS_KEY_LOG) {
      int length = Math.min(words.count(from + 4), to - from - 8);
      sink.keyLog(file.slice(from + 8, from + 8 + length));
    }
  }

  private void cutOff() {
    sink.warning("the file is cut off: it ends within the block behind frame " + sink.frameCount());
  }
}
