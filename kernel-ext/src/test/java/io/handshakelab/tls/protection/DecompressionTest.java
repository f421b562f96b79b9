package io.handshakelab.tls.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.bytes.Bytes;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class DecompressionTest {
  private final Deflater deflater = new Deflater();

  @Test
  void oneStreamGoesThroughAllRecords() {
    Decompression opened = new Decompression(new Unchecked(0));
    for (String text : new String[] {"once upon a time", "", "once upon a time again"}) {
      RecordProtection.Opened record =
          Objects.requireNonNull(opened.open(23, 0x0303, deflate(Bytes.utf8(text))));
      assertThat(record.content().latin1()).isEqualTo(text);
    }
    opened.close();
    assertThat(opened.open(23, 0x0303, deflate(Bytes.utf8("late")))).isNull();
  }

  @Test
  void aRecordOfMoreThanTwoToTheFourteenthIsRefused() {
    Decompression most = new Decompression(new Unchecked(0));
    assertThat(most.open(23, 0x0303, deflate(Bytes.wrap(new byte[1 << 14])))).isNotNull();
    assertThat(most.open(23, 0x0303, deflate(Bytes.wrap(new byte[(1 << 14) + 1])))).isNull();
    assertThat(most.open(23, 0x0303, deflate(Bytes.EMPTY))).isNull();
  }

  @Test
  void garbageIsRefused() {
    Decompression garbage = new Decompression(new Unchecked(0));
    assertThat(garbage.open(23, 0x0303, Bytes.fromHex("ffffffff"))).isNull();
  }

  private Bytes deflate(Bytes content) {
    deflater.setInput(content.toArray());
    byte[] out = new byte[1 << 16];
    return Bytes.wrap(
        Arrays.copyOf(out, deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH)));
  }
}
