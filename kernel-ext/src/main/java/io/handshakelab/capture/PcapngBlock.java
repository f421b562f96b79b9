package io.handshakelab.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects one pcapng block, and writes it with its length before and behind (§3.1). */
final class PcapngBlock {
  private static final int MAX_OPTION = 65_535;

  private final OutputStream out;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int type;

  PcapngBlock(OutputStream out) {
    this.out = out;
  }

  PcapngBlock begin(int blockType) {
    type = blockType;
    body.reset();
    return this;
  }

  PcapngBlock u16(int value) {
    body.write(value >> 8);
    body.write(value);
    return this;
  }

  PcapngBlock u32(int value) {
    return u16(value >> 16).u16(value);
  }

  /** These octets, filled up to a multiple of four. */
  PcapngBlock padded(byte[] octets) {
    body.writeBytes(octets);
    while (body.size() % 4 != 0) {
      body.write(0);
    }
    return this;
  }

  PcapngBlock option(int code, byte[] value) {
    return u16(code).u16(value.length).padded(value);
  }

  /** A text too long for an option is cut at a character. */
  PcapngBlock option(int code, String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(octets.length, MAX_OPTION);
    while (length < octets.length && (octets[length] & 0xc0) == 0x80) {
      length--;
    }
    return option(code, Arrays.copyOf(octets, length));
  }

  PcapngBlock endOfOptions() {
    return u32(PcapngOptions.END);
  }

  void end() throws IOException {
    int length = body.size() + 12;
    out.write(ByteBuffer.allocate(8).putInt(type).putInt(length).array(), 0, 8);
    body.writeTo(out);
    out.write(ByteBuffer.allocate(4).putInt(length).array(), 0, 4);
  }
}
