package io.handshakelab.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Reads the three kinds of packet block (draft-ietf-opsawg-pcapng §4.3, §4.4 and appendix A). */
final class PcapngPackets {
  private static final int MAX_LEADING = 20_000;
  private static final int MAX_JOURNAL = 1 << 16;
  private static final String JOURNAL_TIME = "__REALTIME_TIMESTAMP=";

  private final FrameSink sink;
  private final List<PcapngInterface> interfaces;
  private long lastTime;
  private int damaged;
  private int untimed;

  /** Where blocks without a packet lie that came before the first packet: from, to, from, to … */
  private final List<Integer> leading = new ArrayList<>();

  PcapngPackets(FrameSink sink, List<PcapngInterface> interfaces) {
    this.sink = sink;
    this.interfaces = interfaces;
  }

  // |  Interface (4)  |  Time, high (4)  |  Time, low (4)  |  Captured (4)  |  Original (4)  |
  // |  Packet Data, padded to 4  |  Options  |
  void enhanced(Words words, int from, int to) {
    packet(words, to - from < 4 ? -1 : words.count(from), from, to);
  }

  // |  Interface (2)  |  Drops (2)  | … and then as above
  void old(Words words, int from, int to) {
    packet(words, to - from < 4 ? -1 : words.u16(from), from, to);
  }

  // |  Original (4)  |  Packet Data, padded to 4  |
  void simple(Words words, int from, int to) {
    if (to - from < 4 || interfaces.isEmpty()) {
      damaged++;
      return;
    }
    PcapngInterface device = interfaces.get(0);
    int original = words.count(from);
    long snapped = device.snapLength() == 0 ? original : Math.min(original, device.snapLength());
    untimed++;
    add(words, device, lastTime, from + 4, (int) Math.min(snapped, to - from - 4), original, null);
  }

  /** An entry of the systemd journal: lines of text, one of which tells the time. */
  void journal(Words words, int from, int to) {
    int end = to;
    while (end > from && end > to - 3 && words.bytes().u8(end - 1) == 0) {
      end--; // padding
    }
    String text = words.bytes().slice(from, Math.min(end, from + MAX_JOURNAL)).latin1();
    int at = text.indexOf(JOURNAL_TIME);
    if (at >= 0 && (at == 0 || text.charAt(at - 1) == '\n')) {
      long micros = 0;
      int digit = at + JOURNAL_TIME.length();
      for (; digit < text.length() && Character.isDigit(text.charAt(digit)); digit++) {
        micros = micros * 10 + text.charAt(digit) - '0';
      }
      lastTime = micros * 1000;
    }
    withoutPacket(words, from, end);
  }

  /** A block that other programs count as a frame although it holds no packet. */
  void withoutPacket(Words words, int from, int to) {
    if (sink.frameCount() > 0) {
      sink.frame(
          lastTime, LinkType.NONE, words.bytes(), from, to - from, to - from, Evidence.WIRE, null);
    } else if (leading.size() < MAX_LEADING) {
      leading.add(from);
      leading.add(to);
    }
  }

  /** What was wrong with packets, once for all of them. */
  void warnings() {
    if (damaged > 0) {
      sink.warning(damaged + " packet blocks are damaged and were left out");
    }
    if (untimed > 0) {
      sink.warning(
          untimed + " frames have no time of their own: they got that of the frame before");
    }
  }

  private void packet(Words words, int interfaceNumber, int from, int to) {
    if (to - from < 20 || interfaceNumber < 0 || interfaceNumber >= interfaces.size()) {
      damaged++;
      return;
    }
    int captured = words.count(from + 12);
    if (captured > to - from - 20) {
      damaged++;
      return;
    }
    PcapngInterface device = interfaces.get(interfaceNumber);
    lastTime = device.time().toNanos((words.u32(from + 4) << 32) | words.u32(from + 8));
    int optionsAt = from + 20 + Math.min(to - from - 20, (captured + 3) / 4 * 4);
    PcapngOptions options = optionsAt < to ? new PcapngOptions(words, optionsAt, to) : null;
    add(words, device, lastTime, from + 20, captured, words.count(from + 16), options);
  }

  private void add(
      Words words,
      PcapngInterface device,
      long time,
      int at,
      int length,
      int original,
      @Nullable PcapngOptions options) {
    Evidence evidence = device.madeUp() ? Evidence.INFERRED : Evidence.WIRE;
    StringJoiner comments = null;
    while (options != null && options.next()) {
      if (options.code() != PcapngOptions.COMMENT) {
        continue;
      }
      String text = options.text();
      Evidence marked = device.madeUp() ? Marks.evidence(text) : null;
      if (marked != null) {
        evidence = marked;
      } else {
        comments = comments == null ? new StringJoiner("\n") : comments;
        comments.add(text);
      }
    }
    String comment = comments == null ? null : comments.toString();
    lead(words, time);
    sink.frame(time, device.linkType(), words.bytes(), at, length, original, evidence, comment);
  }

  /** The time of what came before the first packet is not known: it gets that packet's. */
  private void lead(Words words, long time) {
    for (int i = 0; i < leading.size(); i += 2) {
      int from = leading.get(i);
      int length = leading.get(i + 1) - from;
      sink.frame(time, LinkType.NONE, words.bytes(), from, length, length, Evidence.WIRE, null);
    }
    leading.clear();
  }
}
