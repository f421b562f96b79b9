package io.handshakelab.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.capture.Vantage;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is inferred from captures of simulated connections, beside what was true. */
class GroundTruthTest {
  /** Issue 4 asks for so many. */
  private static final int RUNS = 10_000;

  /**
   * Behind those: segments of an older connection, resets that answer something else, what came
   * behind a window, a FIN that was lost, and more that was once told otherwise than it was.
   */
  private static final int[] HARD = {
    10135, 11006, 13615, 13893, 14483, 15489, 16965, 19088, 22582, 23433, 23916, 25227, 26356,
    27225, 27436, 29736, 33512, 41878, 43314, 44771
  };

  @Test
  void whatIsInferredIsTrueInTenThousandRunsWithFaults() {
    TruthComparison.Counts counts =
        IntStream.range(0, RUNS)
            .parallel()
            .mapToObj(GroundTruthTest::run)
            .collect(
                TruthComparison.Counts::new,
                TruthComparison.Counts::add,
                TruthComparison.Counts::add);
    System.out.println(RUNS + " simulated runs with faults: " + counts);
    assertThat(counts.wrong)
        .as(() -> String.join("\n\n", counts.wrong.subList(0, Math.min(5, counts.wrong.size()))))
        .isEmpty();
    assertThat(counts.required.get(Vantage.BOTH)).isGreaterThan(150_000);
    assertThat(counts.required.get(Vantage.CLIENT)).isGreaterThan(60_000);
    assertThat(counts.required.get(Vantage.SERVER)).isGreaterThan(50_000);
    assertThat(counts.transitions.get(Vantage.MIDDLE)).isGreaterThan(30_000);
    assertThat(counts.states.get(Vantage.CLIENT)).isGreaterThan(150_000);
    assertThat(counts.states.get(Vantage.SERVER)).isGreaterThan(130_000);
    // What is not told, though it left a trace, is less than two in a hundred, and nearly nothing
    // where the capture was taken at the end itself.
    assertThat(counts.open.get(Vantage.BOTH))
        .isLessThan(Objects.requireNonNull(counts.required.get(Vantage.BOTH)) / 50);
    assertThat(counts.open.getOrDefault(Vantage.CLIENT, 0)).isLessThan(20);
    assertThat(counts.open.getOrDefault(Vantage.SERVER, 0)).isLessThan(20);
    assertThat(counts.rules).hasSizeGreaterThan(14);
  }

  @Test
  void whatIsInferredIsTrueInTheHardestOfAHundredThousandRuns() {
    for (int seed : HARD) {
      assertThat(run(seed).wrong).isEmpty();
    }
  }

  /** The middle, where least can be proved, for every third of them. */
  private static TruthComparison.Counts run(int seed) {
    SimulationResult result = Scenarios.random(seed);
    TruthComparison.Counts counts = new TruthComparison.Counts();
    for (Vantage vantage : Vantage.values()) {
      if (vantage != Vantage.MIDDLE || seed % 3 == 0) {
        TruthComparison.compare("seed " + seed, result, vantage, counts);
      }
    }
    return counts;
  }
}
