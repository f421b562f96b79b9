package io.handshakelab.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.handshakelab.simulate.Handshake;
import io.handshakelab.simulate.Scenario;
import io.handshakelab.simulate.SimulationOptions;
import io.handshakelab.table.Listings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;

class ResourcesTest {
  private static Table played(Scenario scenario, SimulationOptions options) {
    return Listings.resources(scenario.play(options).resources(), Integer.MAX_VALUE).table();
  }

  private static Map<String, Table> delayedSyn() {
    Map<String, Table> both = new LinkedHashMap<>();
    for (Handshake way : Handshake.values()) {
      both.put(
          way.label(),
          played(
              Scenario.DELAYED_DUPLICATE_SYN, SimulationOptions.builder().handshake(way).build()));
    }
    return both;
  }

  private static Map<String, Table> flood() {
    Map<String, Table> both = new LinkedHashMap<>();
    for (boolean cookies : new boolean[] {false, true}) {
      both.put(
          cookies ? "with cookies" : "without",
          played(Scenario.SYN_FLOOD, SimulationOptions.builder().cookies(cookies).build()));
    }
    return both;
  }

  @Test
  void underATwoWayHandshakeTheServerHoldsWhatNobodyWantsToTheEnd() {
    String text = Charts.resources(delayedSyn()).text();
    assertThat(text)
        .containsPattern("three-way: .*established at most 1, at the end 0")
        .containsPattern("two-way: .*established at most 3, at the end 3");
    double[] last = levels(Resources.scene(delayedSyn()));
    assertThat(last).as("where the lines of both end in the panel").doesNotHaveDuplicates();
  }

  /** Heights of the lines that reach the right edge in the panel of established connections. */
  private static double[] levels(Scene scene) {
    double top =
        scene.labels().stream()
            .filter(l -> l.text().startsWith("established"))
            .findFirst()
            .orElseThrow()
            .y();
    return scene.marks().stream()
        .filter(m -> m instanceof Mark.Line l && l.width() > 2 && l.x2() == 968)
        .mapToDouble(m -> ((Mark.Line) m).y1())
        .filter(y -> y > top && y < top + 110)
        .toArray();
  }

  @Test
  void noLabelLiesOverAnotherOrOutside() {
    for (Map<String, Table> all : List.of(delayedSyn(), flood())) {
      Scene scene = Resources.scene(all);
      LadderTest.assertApart(scene);
      for (Mark mark : scene.marks()) {
        if (mark instanceof Mark.Line line) {
          assertThat(line.x1()).isBetween(20.0, 980.0);
          assertThat(line.x2()).isBetween(20.0, 980.0);
        }
      }
    }
  }

  @Test
  void aMillionSamplesAreNoMoreLinesThanPixels() {
    int count = 200_000;
    DoubleColumn time = DoubleColumn.create("time", count);
    IntColumn half = IntColumn.create("half_open", count);
    IntColumn established = IntColumn.create("established", count);
    LongColumn memory = LongColumn.create("memory", count);
    LongColumn away = LongColumn.create("turned_away", count);
    for (int i = 0; i < count; i++) {
      time.set(i, i * 0.001);
      half.set(i, i % 128);
      established.set(i, 0);
      memory.set(i, 0);
      away.set(i, i);
    }
    Table table = Table.create("resources", time, half, established, memory, away);
    Scene scene = Resources.scene(Map.of("\u001b[31m" + "x".repeat(300), table));
    assertThat(scene.marks()).hasSizeLessThan(2 * 2 * 900);
    LadderTest.assertApart(scene);
    assertThat(Charts.resources(Map.of("a", table.emptyCopy())).svg()).contains("nothing at all");
  }
}
