package io.handshakelab.table;

import io.handshakelab.simulate.ResourceSample;
import java.util.List;
import java.util.Map;

/** What there is to simulate, and what a simulated server held. */
final class SimulationTables {
  private static final double NANOS = 1e9;

  private SimulationTables() {}

  static Listing scenarios(Map<String, String> sentences) {
    return new Listing(TableShape.of("scenarios").texts("scenario", "look_for")) {
      @Override
      void tell(RowSink sink) {
        sentences.forEach(
            (name, sentence) -> {
              if (sink.row()) {
                sink.add(name).add(sentence);
              }
            });
      }
    };
  }

  /** At most so many rows, evenly spread; the first and the last are always there. */
  static Listing resources(List<ResourceSample> samples, int most) {
    TableShape shape =
        TableShape.of("resources")
            .doubles("time")
            .ints("half_open", "established")
            .longs("memory", "turned_away");
    int rows = Math.min(samples.size(), most);
    return new Listing(shape) {
      @Override
      void tell(RowSink sink) {
        for (int i = 0; i < rows && sink.row(); i++) {
          int at = rows == 1 ? 0 : (int) ((long) i * (samples.size() - 1) / (rows - 1));
          ResourceSample sample = samples.get(at);
          sink.add(sample.elapsedNanos() / NANOS)
              .add(sample.halfOpen())
              .add(sample.established())
              .add(sample.memoryOctets())
              .add(sample.turnedAway());
        }
      }
    };
  }
}
