package io.handshakelab.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a ladder chart shows, before it is known where.
 *
 * @param talks one for each connection
 * @param left segments that are not shown
 */
record Ladder(List<Talk> talks, int left) {
  Ladder {
    talks = List.copyOf(talks);
  }

  boolean has(Ink ink) {
    return arrows().anyMatch(a -> a.names().stream().anyMatch(n -> n.ink() == ink));
  }

  boolean has(Lock lock) {
    return arrows().anyMatch(a -> a.names().stream().anyMatch(n -> n.lock() == lock));
  }

  /** Whether anything is shown that was not seen. */
  boolean infers() {
    return arrows().anyMatch(Arrow::inferred)
        || steps().anyMatch(s -> s.changes().stream().anyMatch(Change::inferred));
  }

  private Stream<Step> steps() {
    return talks.stream().flatMap(t -> t.steps().stream());
  }

  private Stream<Arrow> arrows() {
    return steps().flatMap(s -> Stream.ofNullable(s.arrow()));
  }

  /** One connection. */
  record Talk(int conn, String client, String server, List<Step> steps) {
    /** The states in which an end is before the first step, null if not known. */
    @Nullable String firstState(boolean client) {
      for (Step step : steps) {
        for (Change change : step.changes(client)) {
          return change.from().isEmpty() ? null : change.from();
        }
      }
      return null;
    }
  }

  enum Lock {
    NONE,
    CLOSED,
    OPEN
  }

  /** A TLS message, a line of HTTP, or the flags. */
  record Name(String text, Lock lock, Ink ink) {
    Name times(int count) {
      return new Name(text + " ×" + count, lock, ink);
    }
  }

  /**
   * One segment.
   *
   * @param names what it carries
   * @param detail sequence numbers
   */
  record Arrow(
      int frame,
      boolean fromClient,
      List<Name> names,
      String detail,
      String note,
      boolean inferred) {
    Arrow {
      names = List.copyOf(names);
    }

    Ink ink() {
      return names.get(0).ink();
    }

    String name() {
      return names.stream().map(Name::text).collect(Collectors.joining(", "));
    }
  }

  /** A change of state. */
  record Change(boolean client, String from, String event, String to, boolean inferred) {}

  /** A row of the chart: an arrow, or something that happened at one end only. */
  static final class Step {
    private final double time;
    private final @Nullable Arrow arrow;
    private final List<Change> changes = new ArrayList<>();

    Step(double time, @Nullable Arrow arrow) {
      this.time = time;
      this.arrow = arrow;
    }

    double time() {
      return time;
    }

    @Nullable Arrow arrow() {
      return arrow;
    }

    void add(Change change) {
      changes.add(change);
    }

    List<Change> changes() {
      return changes;
    }

    List<Change> changes(boolean client) {
      return changes.stream().filter(c -> c.client() == client).toList();
    }
  }
}
