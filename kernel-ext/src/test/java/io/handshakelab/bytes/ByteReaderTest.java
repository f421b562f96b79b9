package io.handshakelab.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class ByteReaderTest {
  @Test
  void readsNumbersAndVectorsInOrder() throws Malformed {
    ByteReader reader = Bytes.fromHex("01" + "0203" + "040506" + "0708090a" + "02aabb").reader();
    assertThat(reader.u8("a")).isEqualTo(1);
    assertThat(reader.u16("b")).isEqualTo(0x0203);
    assertThat(reader.u24("c")).isEqualTo(0x040506);
    assertThat(reader.u32("d")).isEqualTo(0x0708090aL);
    assertThat(reader.vector8("e").rest()).isEqualTo(Bytes.fromHex("aabb"));
    reader.end("all");
  }

  @Test
  void aNestedReaderCountsItsOffsetsFromTheOutermostBytes() throws Malformed {
    ByteReader outer = Bytes.fromHex("ff0003aabbcc").reader();
    outer.u8("first");
    ByteReader inner = outer.vector16("list");
    inner.u8("x");
    assertThat(inner.offset()).isEqualTo(4);
    Malformed failure = catchThrowableOfType(Malformed.class, () -> inner.u32("number"));
    assertThat(failure.offset()).isEqualTo(4);
    assertThat(failure.reason()).isEqualTo("number needs 4 bytes, 2 are left");
  }

  @Test
  void aLengthThatLiesFailsBeforeAnythingIsAllocated() {
    assertThatThrownBy(() -> Bytes.fromHex("ffffff00").reader().vector24("certificate"))
        .isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> Bytes.EMPTY.reader().bytes(Integer.MAX_VALUE, "all"))
        .isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> Bytes.EMPTY.reader().bytes(-1, "none")).isInstanceOf(Malformed.class);
  }

  @Test
  void aFailedReadDoesNotMoveTheCursor() throws Malformed {
    ByteReader reader = Bytes.fromHex("0102").reader();
    assertThatThrownBy(() -> reader.u24("three")).isInstanceOf(Malformed.class);
    assertThat(reader.u16("two")).isEqualTo(0x0102);
  }

  @Test
  void whatIsLeftAtTheEndIsAnError() {
    assertThatThrownBy(() -> Bytes.fromHex("00").reader().end("body"))
        .isInstanceOf(Malformed.class)
        .hasMessage("1 byte too many after body at offset 0");
  }
}
