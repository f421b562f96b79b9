package io.handshakelab.simulate;

import java.util.ArrayList;
import java.util.List;

/** Samples in the order of time, thinned out when there are too many to be looked at. */
final class ResourceLog {
  private static final int MOST = 4096;

  private final List<ResourceSample> samples = new ArrayList<>();
  private long stepNanos;

  void add(ResourceSample sample) {
    int last = samples.size() - 1;
    // Of several within one step the last one counts; but never the first, from which all begins.
    if (last > 0 && sample.elapsedNanos() - samples.get(last).elapsedNanos() <= stepNanos) {
      samples.set(
          last,
          new ResourceSample(
              samples.get(last).elapsedNanos(),
              sample.halfOpen(),
              sample.established(),
              sample.memoryOctets(),
              sample.turnedAway()));
      return;
    }
    samples.add(sample);
    if (samples.size() == MOST) {
      thinOut();
    }
  }

  List<ResourceSample> all() {
    return List.copyOf(samples);
  }

  private void thinOut() {
    stepNanos =
        Math.max(
            1, (samples.get(MOST - 1).elapsedNanos() - samples.get(0).elapsedNanos()) / (MOST / 2));
    List<ResourceSample> old = List.copyOf(samples);
    samples.clear();
    old.forEach(this::add);
  }
}
