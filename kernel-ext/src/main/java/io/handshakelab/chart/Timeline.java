package io.handshakelab.chart;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a chart of states shows, before it is known where. Times are seconds since the capture's
 * first frame.
 *
 * @param talks one for each connection
 * @param talksLeft connections that are not shown
 */
record Timeline(List<Talk> talks, int talksLeft) {
  Timeline {
    talks = List.copyOf(talks);
  }

  /**
   * One connection.
   *
   * @param clientStays the state of a client that never changes it; empty if it does, or is not
   *     known
   * @param serverStays likewise
   * @param moments in the order in which they are drawn, which is that of time
   * @param readings what the operating system said
   * @param left segments that are not shown
   */
  record Talk(
      int conn,
      String client,
      String server,
      String clientStays,
      String serverStays,
      List<Moment> moments,
      List<Reading> readings,
      int left) {
    Talk {
      moments = List.copyOf(moments);
      readings = List.copyOf(readings);
    }

    boolean hasReadings(boolean client) {
      return readings.stream().anyMatch(r -> r.client() == client);
    }
  }

  /** Something that has its own place on the axis of time. */
  static final class Moment {
    private final double time;
    private final double until;
    private final @Nullable Flight flight;
    private final @Nullable Run run;
    private final List<Turn> turns = new ArrayList<>();

    private Moment(double time, double until, @Nullable Flight flight, @Nullable Run run) {
      this.time = time;
      this.until = until;
      this.flight = flight;
      this.run = run;
    }

    static Moment of(double time, Flight flight) {
      return new Moment(time, time, flight, null);
    }

    static Moment of(double time, double until, Run run) {
      return new Moment(time, until, null, run);
    }

    /** Nothing was sent: a timer, or a call of a user. */
    static Moment of(double time) {
      return new Moment(time, time, null, null);
    }

    double time() {
      return time;
    }

    double until() {
      return until;
    }

    @Nullable Flight flight() {
      return flight;
    }

    @Nullable Run run() {
      return run;
    }

    void add(Turn turn) {
      turns.add(turn);
    }

    List<Turn> turns() {
      return turns;
    }
  }

  /**
   * One segment on its way.
   *
   * @param trouble what did not go as it should; empty if all is well
   * @param again whether it was sent once more later, so that this time it may have been lost
   */
  record Flight(
      int frame,
      boolean fromClient,
      String flags,
      long seq,
      @Nullable Long ack,
      int length,
      String trouble,
      boolean inferred,
      boolean again) {
    Flight sentAgain() {
      return new Flight(
          frame, fromClient, flags, seq, ack, length, trouble, inferred, /* again= */ true);
    }
  }

  /** Segments that changed no state, drawn as one. */
  record Run(int segments, long clientBytes, long serverBytes, int troubles, int first, int last) {}

  /**
   * An end comes to another state.
   *
   * @param from empty where it is not known
   * @param frame that shows it, or -1
   * @param notBefore the earliest time at which it can have been; NaN if the time is known
   * @param notAfter the latest, likewise
   */
  record Turn(
      boolean client,
      String from,
      String event,
      String to,
      boolean inferred,
      int frame,
      double notBefore,
      double notAfter) {
    boolean isBounded() {
      return notAfter > notBefore;
    }

    /** Whether nothing is known of the state before, or from then on. */
    boolean isLost() {
      return from.isEmpty() || to.isEmpty();
    }
  }

  /**
   * What the operating system said of one end, at the latest at this time.
   *
   * @param odd whether the segments show another state for that time
   */
  record Reading(boolean client, double time, String state, boolean odd) {}
}
