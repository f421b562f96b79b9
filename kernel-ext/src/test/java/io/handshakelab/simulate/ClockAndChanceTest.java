package io.handshakelab.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockAndChanceTest {
  private static final long MILLI = 1_000_000;

  @Test
  void whatIsPlannedHappensInTheOrderOfTimeAndThenOfPlanning() {
    VirtualClock clock = new VirtualClock();
    List<String> done = new ArrayList<>();
    clock.after(20, () -> done.add("late"));
    clock.after(10, () -> done.add("first"));
    clock.after(10, () -> done.add("second"));
    clock.after(
        10,
        () -> {
          done.add("third");
          clock.after(0, () -> done.add("at once, but behind"));
        });
    clock.after(10, () -> done.add("fourth"));
    while (clock.step(Long.MAX_VALUE)) {
      assertThat(clock.elapsedNanos()).isGreaterThanOrEqualTo(10);
    }
    assertThat(done)
        .containsExactly("first", "second", "third", "fourth", "at once, but behind", "late");
    assertThat(clock.nanos()).isEqualTo(VirtualClock.START_NANOS + 20);
  }

  @Test
  void whatIsCancelledNeverHappensAndTakesNoTime() {
    VirtualClock clock = new VirtualClock();
    Timer timer =
        clock.after(
            1000,
            () -> {
              throw new AssertionError("cancelled");
            });
    timer.cancel();
    assertThat(clock.step(Long.MAX_VALUE)).isFalse();
    assertThat(clock.elapsedNanos()).isZero();
  }

  /** The test values that are given for SplitMix64 with the seed 1234567. */
  @Test
  void randomNumbersAreThoseOfSplitMix64() {
    SeededRandom random = SeededRandom.of(1_234_567);
    assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("6457827717110365317");
    assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("3203168211198807973");
    assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("9817491932198370423");
    assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("4593380528125082431");
    assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("16408922859458223821");
  }

  @Test
  void eachPurposeHasItsOwnNumbers() {
    assertThat(SeededRandom.of(1, "a").nextLong())
        .isEqualTo(SeededRandom.of(1, "a").nextLong())
        .isNotEqualTo(SeededRandom.of(1, "b").nextLong())
        .isNotEqualTo(SeededRandom.of(2, "a").nextLong());
  }

  @Test
  void chanceComesAsOftenAsItShould() {
    SeededRandom random = SeededRandom.of(7, "chance");
    int hits = 0;
    for (int i = 0; i < 100_000; i++) {
      hits += random.chance(0.05) ? 1 : 0;
    }
    assertThat(hits).isBetween(4_700, 5_300);
    assertThat(random.chance(0)).isFalse();
    assertThat(random.chance(1)).isTrue();
  }

  @Test
  void aPathKeepsItsRate() {
    // 1500 octets at 1.2 Mbit/s take 10 ms.
    Path path =
        new Path(
            new PathConditions(5 * MILLI, 0, 0, 0, 0, 1_200_000, List.of()),
            SeededRandom.of(1, "path"));
    path.send(0, 1500);
    assertThat(path.arrivalNanos()).isEqualTo(15 * MILLI);
    path.send(0, 1500);
    assertThat(path.arrivalNanos()).isEqualTo(25 * MILLI);
    path.send(100 * MILLI, 1500);
    assertThat(path.arrivalNanos()).isEqualTo(115 * MILLI);
  }

  @Test
  void aQueueThatIsFullLosesPackets() {
    Path path =
        new Path(
            new PathConditions(0, 0, 0, 0, 0, 1_000_000, List.of()), SeededRandom.of(1, "path"));
    int lost = 0;
    for (int i = 0; i < 1000; i++) {
      path.send(0, 1500);
      lost += path.lost() ? 1 : 0;
    }
    // 256 KiB are 174 packets, and one that is on the line.
    assertThat(lost).isBetween(820, 830);
  }

  @Test
  void jitterKeepsTheOrderAndReorderingDoesNot() {
    assertThat(overtakings(new PathConditions(MILLI, 50 * MILLI, 0, 0, 0, 0, List.of()))).isZero();
    assertThat(overtakings(new PathConditions(40 * MILLI, 0, 0, 0, 0.2, 0, List.of())))
        .isGreaterThan(50);
  }

  @Test
  void nothingPassesACut() {
    PathConditions conditions = PathConditions.ofDelay(MILLI).withCut(10, 20);
    Path path = new Path(conditions, SeededRandom.of(1, "path"));
    for (long now : new long[] {9, 10, 19, 20}) {
      path.send(now, 100);
      assertThat(path.lost()).as("at %d", now).isEqualTo(now == 10 || now == 19);
    }
  }

  private static int overtakings(PathConditions conditions) {
    Path path = new Path(conditions, SeededRandom.of(3, "path"));
    int count = 0;
    long last = 0;
    for (int i = 0; i < 1000; i++) {
      path.send(i * MILLI, 100);
      count += path.arrivalNanos() < last ? 1 : 0;
      last = path.arrivalNanos();
    }
    return count;
  }
}
