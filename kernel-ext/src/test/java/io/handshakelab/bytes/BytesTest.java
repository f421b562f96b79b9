package io.handshakelab.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class BytesTest {
  private static final Bytes EIGHT = Bytes.fromHex("fffefdfcfbfaf9f8");

  @Test
  void numbersAreBigEndianAndUnsigned() {
    assertThat(EIGHT.u8(0)).isEqualTo(0xff);
    assertThat(EIGHT.u16(0)).isEqualTo(0xfffe);
    assertThat(EIGHT.u24(0)).isEqualTo(0xfffefd);
    assertThat(EIGHT.u32(0)).isEqualTo(0xfffefdfcL);
    assertThat(EIGHT.i64(0)).isEqualTo(0xfffefdfcfbfaf9f8L);
    assertThat(EIGHT.unsigned()).isEqualTo(new BigInteger("fffefdfcfbfaf9f8", 16));
  }

  @Test
  void equalityIsByContentWhereverTheBytesLie() {
    Bytes slice = Bytes.fromHex("00112233").slice(1, 3);
    assertThat(slice).isEqualTo(Bytes.of((byte) 0x11, (byte) 0x22));
    assertThat(slice).hasSameHashCodeAs(Bytes.fromHex("1122"));
    assertThat(slice).isNotEqualTo(Bytes.fromHex("1123"));
  }

  @Test
  void aCopyIsTakenSoThatTheCallersArrayCanChange() {
    byte[] mine = {1, 2};
    Bytes kept = Bytes.of(mine);
    mine[0] = 9;
    assertThat(kept.u8(0)).isEqualTo(1);
    kept.toArray()[0] = 9;
    assertThat(kept.u8(0)).isEqualTo(1);
  }

  @Test
  void aSliceCannotReachBeyondItself() {
    Bytes slice = EIGHT.slice(2, 4);
    assertThatThrownBy(() -> slice.u8(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.u8(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.u16(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.slice(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.slice(0, Integer.MAX_VALUE))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void partsAreJoinedInOrder() {
    assertThat(Bytes.concat(List.of(Bytes.of((byte) 1), Bytes.EMPTY, Bytes.fromHex("0203"))))
        .isEqualTo(Bytes.fromHex("010203"));
  }

  @Test
  void searchingFindsTheFirstAtOrAfterAPlace() {
    Bytes text = Bytes.utf8("a\nb\nc");
    assertThat(text.indexOf('\n', 0)).isEqualTo(1);
    assertThat(text.indexOf('\n', 2)).isEqualTo(3);
    assertThat(text.indexOf('\n', 4)).isEqualTo(-1);
    assertThat(text.startsWith(Bytes.utf8("a\n"))).isTrue();
    assertThat(text.startsWith(Bytes.utf8("b"))).isFalse();
  }
}
