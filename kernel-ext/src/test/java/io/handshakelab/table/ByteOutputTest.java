package io.handshakelab.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Digits are those of Java's own slower ways. */
class ByteOutputTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 9, 10, 99, 100, 999, 1000, 65_535, 99_999, 100_000, 999_999_999})
  void numbersAreWrittenInFullAtEveryLength(long number) {
    for (long near : new long[] {number, number + 1, -number, number * 1_000_000_007L}) {
      assertThat(written(out -> out.number(near))).isEqualTo(Long.toString(near));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Integer.MAX_VALUE, 1L << 31, Long.MAX_VALUE, Long.MIN_VALUE})
  void theLargestNumbersAreWrittenInFull(long number) {
    assertThat(written(out -> out.number(number))).isEqualTo(Long.toString(number));
  }

  @Test
  void anyNumberAndAnyTimeIsWrittenExactly() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      long number = random.nextLong() >> random.nextInt(64);
      assertThat(written(out -> out.number(number))).isEqualTo(Long.toString(number));
      long nanos = number / 100 * (random.nextBoolean() ? 100 : 1);
      BigDecimal seconds = BigDecimal.valueOf(nanos, 9);
      assertThat(written(out -> out.seconds(nanos)))
          .isEqualTo(seconds.signum() == 0 ? "0" : seconds.stripTrailingZeros().toPlainString());
    }
  }

  private static String written(Consumer<ByteOutput> what) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteOutput out = new ByteOutput(bytes);
    what.accept(out);
    out.flush();
    return bytes.toString(StandardCharsets.US_ASCII);
  }
}
