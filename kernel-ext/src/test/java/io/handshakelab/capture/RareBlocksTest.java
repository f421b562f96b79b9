package io.handshakelab.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files with all that the formats allow and few programs write: what we read is what tshark reads.
 */
class RareBlocksTest {
  private static final byte[] PACKET =
      Bytes.fromHex(
              "4500002c00000000400600007f0000017f000001"
                  + "9c4001bb000003e80000138850100400000000007b226122")
          .toArray();

  private static final byte[] KEYS =
      ("CLIENT_RANDOM " + "01".repeat(32) + " " + "02".repeat(48) + "\n")
          .getBytes(StandardCharsets.US_ASCII);

  @TempDir Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

  @Test
  void everyBlockOfPcapngIsReadOrSkipped() throws IOException {
    for (ByteOrder next : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      order = next;
      section(-1);
      anInterface(101, 65_535, option(2, "eth0"), option(9, 6));
      anInterface(101, 0, option(9, 9), option(13, 4), option(2, "eth1"));
      anInterface(228, 20, option(9, 0x80 | 20), option(14, seconds(-3600)), option(0));
      enhanced(0, 1_700_000_000_123_456L, PACKET, PACKET.length, option(1, "first"));
      enhanced(1, 1_700_000_000_123_456_789L, PACKET, PACKET.length + 4, option(2, new byte[4]));
      enhanced(2, (1_700_000_000L << 20) + 77_777, Arrays.copyOf(PACKET, 20), PACKET.length);
      block(4, bytes(ints(1 | 8 << (order == ByteOrder.BIG_ENDIAN ? 0 : 16)), new byte[12]));
      block(5, bytes(ints(0, 0, 0), option(4, new byte[8]), option(0)));
      block(10, bytes(ints(0x544c534b, KEYS.length), padded(KEYS)));
      block(10, bytes(ints(0x57474b4c, 4), "wire".getBytes(StandardCharsets.US_ASCII)));
      block(0x0bad, bytes(ints(4711), new byte[20]));
      block(0x40000bad, bytes(ints(4711), new byte[20]));
      block(0x12345678, new byte[8]);
      block(
          9,
          padded(
              "MESSAGE=hi\n__REALTIME_TIMESTAMP=1700000000500000\n"
                  .getBytes(StandardCharsets.US_ASCII)));
      old(1, 1_700_000_001_000_000_000L, PACKET, PACKET.length);
      enhanced(
          0, 1_700_000_002_000_000L, new byte[0], 60, option(1, "a"), option(1, "b"), option(0));
      enhanced(0, 1_700_000_003_000_000L, Arrays.copyOf(PACKET, 41), PACKET.length, option(0));
    }
    order = ByteOrder.LITTLE_ENDIAN;
    section(28 + 20 + 12);
    anInterface(1, 96);
    Path file = Files.write(directory.resolve("rare.pcapng"), out.toByteArray());
    Capture capture = compare(file);
    assertThat(capture.frameCount()).isEqualTo(18);
    assertThat(capture.warnings()).isEmpty();
    assertThat(capture.frame(8).comment()).isEqualTo("a\nb");
    assertThat(capture.secrets().keyLog()).contains("CLIENT_RANDOM 0101");
  }

  @ParameterizedTest
  @CsvSource({
    "a1b2c3d4, LITTLE_ENDIAN, 101",
    "a1b2c3d4, BIG_ENDIAN, 101",
    "a1b23c4d, LITTLE_ENDIAN, 101",
    "a1b23c4d, BIG_ENDIAN, 12",
    "a1b2cd34, LITTLE_ENDIAN, 101",
    "a1b2cd34, BIG_ENDIAN, 228",
    // 4 octets of checksum at the end of each frame: the bits above the link type say so.
    "a1b2c3d4, LITTLE_ENDIAN, 1140850689",
    "a1b2c3d4, BIG_ENDIAN, 1140850689",
  })
  void everyPcapIsRead(String magic, String name, int linkType) throws IOException {
    order = name.startsWith("L") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    int number = (int) Long.parseLong(magic, 16);
    boolean ethernet = (linkType & 0xffff) == 1;
    byte[] data =
        ethernet ? bytes(new byte[12], new byte[] {8, 0}, PACKET, new byte[] {1, 2, 3, 4}) : PACKET;
    write(ints(number));
    write(shorts(2, 4));
    write(ints(0, 0, 65_535, linkType));
    for (int i = 0; i < 3; i++) {
      int captured = i == 1 ? 50 : data.length;
      captured = Math.min(captured, data.length);
      write(ints(1_700_000_000 + i, 123_456, captured, data.length));
      if (number == 0xa1b2cd34) {
        write(ints(1));
        write(shorts(0));
        write(new byte[] {0, 0});
      }
      write(Arrays.copyOf(data, captured));
    }
    Path file = Files.write(directory.resolve("old.pcap"), out.toByteArray());
    Capture capture = compare(file);
    assertThat(capture.frameCount()).isEqualTo(3);
    assertThat(capture.linkType(1).number()).isEqualTo(linkType & 0xffff);
    assertThat(capture.warnings()).isEmpty();
  }

  @Test
  void compressedFilesOfSeveralPartsAreReadToTheEnd() throws IOException {
    section(-1);
    anInterface(101, 65_535);
    for (int i = 0; i < 2000; i++) {
      enhanced(0, 1_700_000_000_000_000L + i, PACKET, PACKET.length);
    }
    byte[] whole = out.toByteArray();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (int from = 0; from < whole.length; from += 40_000) {
      try (GZIPOutputStream part = new GZIPOutputStream(packed)) {
        part.write(whole, from, Math.min(40_000, whole.length - from));
      }
    }
    Path file = Files.write(directory.resolve("parts.pcapng.gz"), packed.toByteArray());
    assertThat(compare(file).frameCount()).isEqualTo(2000);
    byte[] cut = Arrays.copyOf(packed.toByteArray(), packed.size() * 2 / 3);
    Capture part = CaptureFiles.read(Files.write(directory.resolve("cut.gz"), cut));
    assertThat(part.frameCount()).isBetween(1000, 1999);
    assertThat(part.warnings()).anyMatch(warning -> warning.contains("compressed file is cut off"));
    byte[] damaged = packed.toByteArray();
    damaged[damaged.length / 2] ^= 0x55;
    Capture some = CaptureFiles.read(Files.write(directory.resolve("damaged.gz"), damaged));
    assertThat(some.frameCount()).isLessThan(2000);
    assertThat(some.warnings()).isNotEmpty();
  }

  private static Capture compare(Path file) {
    Capture capture = CaptureFiles.read(file);
    List<String> ours = new ArrayList<>();
    for (Frame frame : capture.frames()) {
      ours.add(
          String.join(
              "|",
              "" + frame.number(),
              frame.linkType().equals(LinkType.NONE) && frame.data().length() == 20
                  ? "" // a custom block
                  : BigDecimal.valueOf(frame.timeNanos(), 9).toPlainString(),
              "" + frame.originalLength(),
              "" + frame.data().length(),
              frame.comment() == null ? "" : frame.comment().replace('\n', ',')));
    }
    List<String> command =
        new ArrayList<>(List.of("tshark", "-n", "-r", file.toString(), "-T", "fields"));
    command.addAll(List.of("-E", "separator=|"));
    for (String field :
        List.of(
            "frame.number", "frame.time_epoch", "frame.len", "frame.cap_len", "frame.comment")) {
      command.addAll(List.of("-e", field));
    }
    assertThat(ours).isNotEmpty().isEqualTo(Tools.lines(command.toArray(String[]::new)));
    return capture;
  }

  private void section(long length) {
    ByteBuffer body = ByteBuffer.allocate(16).order(order);
    body.putInt(0x1a2b3c4d).putShort((short) 1).putShort((short) 0).putLong(length);
    block(0x0a0d0d0a, body.array());
  }

  private void anInterface(int linkType, int snapLength, byte[]... options) {
    block(1, bytes(shorts(linkType, 0), ints(snapLength), bytes(options)));
  }

  private void enhanced(int device, long ticks, byte[] data, int length, byte[]... options) {
    block(
        6,
        bytes(
            ints(device, (int) (ticks >>> 32), (int) ticks, data.length, length),
            padded(data),
            bytes(options)));
  }

  private void old(int device, long ticks, byte[] data, int length) {
    block(
        2,
        bytes(
            shorts(device, 3),
            ints((int) (ticks >>> 32), (int) ticks, data.length, length),
            padded(data)));
  }

  private byte[] option(int code, Object... value) {
    byte[] content =
        value.length == 0
            ? new byte[0]
            : value[0] instanceof String text
                ? text.getBytes(StandardCharsets.UTF_8)
                : value[0] instanceof Integer number
                    ? new byte[] {number.byteValue()}
                    : (byte[]) value[0];
    return bytes(shorts(code, content.length), padded(content));
  }

  private byte[] seconds(long offset) {
    return ByteBuffer.allocate(8).order(order).putLong(offset).array();
  }

  private void block(int type, byte[] body) {
    write(ints(type, body.length + 12));
    write(body);
    write(ints(body.length + 12));
  }

  private byte[] ints(int... numbers) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * numbers.length).order(order);
    for (int number : numbers) {
      buffer.putInt(number);
    }
    return buffer.array();
  }

  private byte[] shorts(int... numbers) {
    ByteBuffer buffer = ByteBuffer.allocate(2 * numbers.length).order(order);
    for (int number : numbers) {
      buffer.putShort((short) number);
    }
    return buffer.array();
  }

  private static byte[] padded(byte[] data) {
    return Arrays.copyOf(data, (data.length + 3) / 4 * 4);
  }

  private static byte[] bytes(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private void write(byte[] bytes) {
    out.writeBytes(bytes);
  }
}
