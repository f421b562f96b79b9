package io.handshakelab.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes pcapng in network byte order: section, interfaces, secrets, and then the packets, so that
 * Wireshark knows the secrets when it comes to them. Frames that were made up lie on an interface
 * of their own, and each says so in a comment.
 */
final class PcapngWriter {
  private static final int IF_NAME = 2;
  private static final int IF_DESCRIPTION = 3;
  private static final int IF_TSRESOL = 9;
  private static final int SHB_USERAPPL = 4;
  private static final int NANOSECONDS = 9;
  private static final int SNAP_LENGTH = 262_144;

  private final Capture capture;
  private final PcapngBlock block;
  private final Map<Device, Integer> devices = new LinkedHashMap<>();

  private PcapngWriter(Capture capture, OutputStream out) {
    this.capture = capture;
    this.block = new PcapngBlock(out);
  }

  static void write(Capture capture, boolean embedSecrets, OutputStream out) throws IOException {
    PcapngWriter writer = new PcapngWriter(capture, out);
    writer.section();
    writer.interfaces();
    if (embedSecrets && !capture.secrets().lines().isEmpty()) {
      writer.secrets();
    }
    for (int n = 1; n <= capture.frameCount(); n++) {
      writer.packet(n);
    }
  }

  /** What tells interfaces apart here. */
  private record Device(LinkType linkType, boolean madeUp) {}

  private void section() throws IOException {
    block.begin(PcapngReader.SECTION_HEADER);
    block.u32(PcapngReader.BYTE_ORDER).u16(1).u16(0).u32(-1).u32(-1);
    block.option(SHB_USERAPPL, "Handshake Lab");
    for (String comment : SectionNotes.of(capture).comments()) {
      block.option(PcapngOptions.COMMENT, comment);
    }
    block.endOfOptions().end();
  }

  private void interfaces() throws IOException {
    for (int n = 1; n <= capture.frameCount(); n++) {
      devices.putIfAbsent(device(n), devices.size());
    }
    if (devices.isEmpty()) {
      devices.put(new Device(LinkType.ETHERNET, false), 0);
    }
    for (Device device : devices.keySet()) {
      block.begin(PcapngReader.INTERFACE).u16(device.linkType().number()).u16(0).u32(SNAP_LENGTH);
      block.option(IF_NAME, name(device));
      block.option(IF_DESCRIPTION, description(device));
      block.option(IF_TSRESOL, new byte[] {NANOSECONDS}).endOfOptions().end();
    }
  }

  private String name(Device device) {
    return device.madeUp() ? "relay" : capture.isSimulated() ? "simulated" : "wire";
  }

  private String description(Device device) {
    if (device.madeUp()) {
      return Marks.INTERFACE_DESCRIPTION;
    }
    return capture.isSimulated() ? capture.source() : "captured packets";
  }

  private void secrets() throws IOException {
    byte[] keyLog = capture.secrets().keyLog().getBytes(StandardCharsets.UTF_8);
    block.begin(PcapngReader.SECRETS).u32(PcapngReader.TLS_KEY_LOG).u32(keyLog.length);
    block.padded(keyLog).end();
  }

  private void packet(int n) throws IOException {
    Frame frame = capture.frame(n);
    block.begin(PcapngReader.ENHANCED_PACKET).u32(devices.getOrDefault(device(n), 0));
    block.u32((int) (frame.timeNanos() >>> 32)).u32((int) frame.timeNanos());
    block.u32(frame.data().length()).u32(frame.originalLength());
    block.padded(frame.data().toArray());
    String mark = Marks.comment(frame.evidence());
    if (mark != null) {
      block.option(PcapngOptions.COMMENT, mark);
    }
    if (frame.comment() != null) {
      block.option(PcapngOptions.COMMENT, frame.comment());
    }
    if (mark != null || frame.comment() != null) {
      block.endOfOptions();
    }
    block.end();
  }

  private Device device(int n) {
    return new Device(capture.linkType(n), capture.evidence(n) != Evidence.WIRE);
  }
}
