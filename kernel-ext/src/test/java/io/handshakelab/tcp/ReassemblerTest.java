package io.handshakelab.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReassemblerTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void eachOctetBelongsToTheSegmentThatBroughtItFirst(long seed) {
    Random random = new Random(seed);
    int size = 1 + random.nextInt(400);
    int[] owner = new int[size];
    Arrays.fill(owner, -1);
    Reassembler runs = new Reassembler();
    for (int segment = 0; segment < 120; segment++) {
      int from = random.nextInt(size) - 5;
      int length = 1 + random.nextInt(Math.min(60, size - from));
      runs.add(segment, from, length, length);
      for (int i = Math.max(0, from); i < from + length; i++) {
        owner[i] = owner[i] < 0 ? segment : owner[i];
      }
      int whole = 0;
      while (whole < size && owner[whole] >= 0) {
        whole++;
      }
      assertThat(runs.contiguous()).as("after segment %d", segment).isEqualTo(whole);
      for (int i = 0; i < whole; i++) {
        assertThat(runs.row(runs.runAt(i, 0, runs.runs()))).as("octet %d", i).isEqualTo(owner[i]);
      }
    }
  }

  @Test
  void aGapIsKnownUntilItIsFilled() {
    Reassembler runs = new Reassembler();
    runs.add(0, 0, 10, 10);
    runs.add(1, 20, 10, 10);
    assertThat(runs.contiguous()).isEqualTo(10);
    assertThat(runs.runsFrom(0)).isEqualTo(1);
    assertThat(runs.runsFrom(1)).isEqualTo(2);
    runs.add(2, 5, 20, 20);
    assertThat(runs.contiguous()).isEqualTo(30);
    assertThat(runs.runsFrom(0)).isEqualTo(3);
  }

  @Test
  void octetsThatWereSnappedOffAreAHoleButNotAGapInTheCounting() {
    Reassembler runs = new Reassembler();
    runs.add(0, 0, 100, 40);
    runs.add(1, 100, 10, 10);
    assertThat(runs.contiguous()).isEqualTo(110);
    assertThat(runs.runs()).isEqualTo(3);
    assertThat(runs.runsFrom(0)).isEqualTo(1);
    assertThat(runs.isHole(1)).isTrue();
    assertThat(runs.start(1)).isEqualTo(40);
    assertThat(runs.end(1)).isEqualTo(100);
    assertThat(runs.row(1)).isZero();
    assertThat(runs.runsFrom(2)).isEqualTo(3);
  }

  @Test
  void aStreamIsCutAtItsLimit() {
    Reassembler runs = new Reassembler(100);
    runs.add(0, 0, 60, 60);
    runs.add(1, 0, 60, 60);
    assertThat(runs.limited()).isFalse();
    runs.add(2, 60, 60, 60);
    runs.add(3, 120, 60, 60);
    assertThat(runs.limited()).isTrue();
    assertThat(runs.contiguous()).isEqualTo(100);
  }

  @Test
  void theLargestOffsetIsALimitToo() {
    Reassembler runs = new Reassembler();
    for (long from = 0; from < 1L << 31; from += 1 << 29) {
      runs.add(0, (int) from, 1 << 29, 1 << 29);
    }
    runs.add(1, Integer.MIN_VALUE, 10, 10);
    assertThat(runs.limited()).isTrue();
    assertThat(runs.contiguous()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void countlessPiecesFromTheLastToTheFirstAreDropped() {
    Reassembler runs = new Reassembler();
    for (int i = 20_000; i > 0; i--) {
      runs.add(i, i * 2, 1, 1);
    }
    assertThat(runs.crowded()).isTrue();
    assertThat(runs.contiguous()).isZero();
  }

  @Test
  void countlessPiecesBehindAGapAreKeptInOrder() {
    Reassembler runs = new Reassembler();
    for (int i = 1; i <= 20_000; i++) {
      runs.add(i, i * 2, 1, 1);
    }
    assertThat(runs.crowded()).isFalse();
    assertThat(runs.runs()).isEqualTo(20_000);
  }

  @Test
  void numbersFarAwayAreNotOfThisStream() {
    Reassembler runs = new Reassembler();
    runs.add(0, Integer.MAX_VALUE - 5, 100, 100);
    runs.add(1, Integer.MIN_VALUE, 100, 100);
    runs.add(2, 1 << 30, 100, 100);
    assertThat(runs.contiguous()).isZero();
    assertThat(runs.runs()).isZero();
  }
}
