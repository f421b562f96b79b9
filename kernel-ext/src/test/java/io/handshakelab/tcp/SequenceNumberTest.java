package io.handshakelab.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SequenceNumberTest {
  private static final int LAST = SequenceNumber.of(0xffff_ffffL);

  @Test
  void zeroComesAfterTheLastNumber() {
    assertThat(SequenceNumber.plus(LAST, 1)).isZero();
    assertThat(SequenceNumber.isAfter(0, LAST)).isTrue();
    assertThat(SequenceNumber.isBefore(LAST, 0)).isTrue();
    assertThat(SequenceNumber.distance(LAST, 9)).isEqualTo(10);
    assertThat(SequenceNumber.distance(9, LAST)).isEqualTo(-10);
    assertThat(SequenceNumber.later(LAST, 3)).isEqualTo(3);
  }

  @Test
  void numbersAreUnsignedOutside() {
    assertThat(SequenceNumber.raw(LAST)).isEqualTo(4_294_967_295L);
    assertThat(SequenceNumber.relative(4, LAST)).isEqualTo(5);
    assertThat(SequenceNumber.relative(LAST, 0)).isEqualTo(4_294_967_295L);
  }

  @Test
  void aNumberIsNeitherBeforeNorAfterItself() {
    assertThat(SequenceNumber.isBefore(LAST, LAST)).isFalse();
    assertThat(SequenceNumber.isAfter(LAST, LAST)).isFalse();
  }

  @Test
  void whatIsAddedIsTheDistanceFromEveryStart() {
    Random random = new Random(793);
    for (int i = 0; i < 10_000; i++) {
      int start = random.nextInt();
      int octets = random.nextInt(1 << 30) + 1;
      int end = SequenceNumber.plus(start, octets);
      assertThat(SequenceNumber.distance(start, end)).isEqualTo(octets);
      assertThat(SequenceNumber.isAfter(end, start)).isTrue();
      assertThat(SequenceNumber.relative(end, start)).isEqualTo(octets);
    }
  }
}
