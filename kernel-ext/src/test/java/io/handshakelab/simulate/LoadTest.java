package io.handshakelab.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.capture.Tools;
import io.handshakelab.table.Tables;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the simulator must bear: many small stories, and one large one. */
class LoadTest {
  /** In the 512 MiB that are allowed, and in one thread. */
  @Test
  void aFloodOfAHundredThousandSynsNeedsLittleMemoryAndNoThreads() {
    List<String> lines =
        Tools.lines(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            FloodMain.class.getName(),
            "100000");
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).matches("three-way 1\\d{5} 1 1 of 5 clients got in");
    assertThat(lines.get(1)).matches("cookies 2\\d{5} 1 5 of 5 clients got in");
    assertThat(lines.get(2)).matches("two-way 2\\d{5} 1 5 of 5 clients got in");
  }

  /**
   * Ten thousand of them may take 20 s on two cores: these may take a tenth of that, threefold, of
   * the processor's time, for others may keep the processor busy.
   */
  @Test
  void aThousandStoriesWithTheirTablesTakeLittleTime() {
    long rows = play(0, 200);
    long since = cpuNanos();
    rows += play(200, 1000);
    long millis = (cpuNanos() - since) / 1_000_000;
    assertThat(rows).isGreaterThan(20_000);
    assertThat(millis).isLessThan(6_000);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long play(int from, int stories) {
    long rows = 0;
    for (int seed = from; seed < from + stories; seed++) {
      Scenario scenario = Scenario.values()[seed % Scenario.values().length];
      if (scenario == Scenario.SYN_FLOOD) {
        scenario = Scenario.FOUR_WAY_CLOSE;
      }
      SimulationOptions options = SimulationOptions.builder().seed(seed).loss(0.05).build();
      Analysis analysis = Analysis.of(scenario.play(options).capture());
      rows += Tables.states(analysis).rowCount() + Tables.tcp(analysis).rowCount();
    }
    return rows;
  }
}
