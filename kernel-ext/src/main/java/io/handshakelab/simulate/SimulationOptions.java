package io.handshakelab.simulate;

import io.handshakelab.capture.Vantage;
import io.handshakelab.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person may choose about a simulation.
 *
 * @param seed the same seed gives the same bytes
 * @param rttNanos there and back again, without jitter and queues
 * @param bitsPerSecond in each direction; 0 is without limit
 * @param cuts when nothing comes through, in either direction
 * @param vantage where the capture is taken; null leaves it to the scenario
 * @param cookies whether a listener that is full answers with SYN cookies (RFC 4987 §3.6)
 * @param count how many of what the scenario has many of; 0 leaves it to the scenario
 */
public record SimulationOptions(
    long seed,
    long rttNanos,
    long jitterNanos,
    double loss,
    double duplicate,
    double reorder,
    long bitsPerSecond,
    List<PathConditions.Cut> cuts,
    Handshake handshake,
    @Nullable Vantage vantage,
    boolean cookies,
    int count) {

  /** Seed 1, a round trip of 40 ms, and a network without faults. */
  public static final SimulationOptions DEFAULTS = builder().build();

  private static final long LONGEST_NANOS = 3_600_000_000_000L;
  private static final long MOST_BITS = 1_000_000_000_000L;
  private static final long MOST_COUNT = 1_000_000;
  private static final long SECOND_NANOS = 1_000_000_000L;

  public SimulationOptions {
    share("loss", loss);
    share("duplicate", duplicate);
    share("reorder", reorder);
    within("rtt", rttNanos, LONGEST_NANOS, "one hour");
    within("jitter", jitterNanos, LONGEST_NANOS, "one hour");
    within("rate", bitsPerSecond, MOST_BITS, "1 Tbit/s");
    for (PathConditions.Cut cut : cuts) {
      within("cut", cut.fromNanos(), cut.untilNanos(), "a time before its end");
      within("cut", cut.untilNanos(), LONGEST_NANOS, "one hour");
    }
    cuts = List.copyOf(cuts);
    within("count", count, MOST_COUNT, "1,000,000");
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The same, to be changed. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.seed = seed;
    builder.rttNanos = rttNanos;
    builder.jitterNanos = jitterNanos;
    builder.loss = loss;
    builder.duplicate = duplicate;
    builder.reorder = reorder;
    builder.bitsPerSecond = bitsPerSecond;
    builder.cuts.addAll(cuts);
    builder.handshake = handshake;
    builder.vantage = vantage;
    builder.cookies = cookies;
    builder.count = count;
    return builder;
  }

  /** What these options mean for one direction. */
  public PathConditions path() {
    return new PathConditions(
        rttNanos / 2, jitterNanos, loss, duplicate, reorder, bitsPerSecond, cuts);
  }

  /** The network and what else was chosen: {@code rtt 40 ms, loss 5 %}. */
  String words() {
    StringBuilder words = new StringBuilder("rtt ").append(millis(rttNanos));
    if (jitterNanos > 0) {
      words.append(", jitter ").append(millis(jitterNanos));
    }
    append(words, "loss", loss);
    append(words, "duplicate", duplicate);
    append(words, "reorder", reorder);
    if (bitsPerSecond > 0) {
      words.append(", ").append(bitsPerSecond).append(" bit/s");
    }
    for (PathConditions.Cut cut : cuts) {
      words.append(", cut from ").append(decimal(cut.fromNanos(), SECOND_NANOS));
      words.append(" s to ").append(decimal(cut.untilNanos(), SECOND_NANOS)).append(" s");
    }
    if (count > 0) {
      words.append(", count ").append(count);
    }
    if (cookies) {
      words.append(", SYN cookies");
    }
    return words.toString();
  }

  private static void append(StringBuilder words, String name, double share) {
    if (share > 0) {
      // Percent with four digits, by integers: Java versions print doubles differently.
      words.append(", ").append(name).append(' ').append(decimal(Math.round(share * 1e6), 10_000));
      words.append(" %");
    }
  }

  private static String millis(long nanos) {
    return decimal(nanos, 1_000_000) + " ms";
  }

  private static String decimal(long number, long unit) {
    StringBuilder digits = new StringBuilder(Long.toString(unit + number % unit)).deleteCharAt(0);
    while (!digits.isEmpty() && digits.charAt(digits.length() - 1) == '0') {
      digits.setLength(digits.length() - 1);
    }
    return number / unit + (digits.isEmpty() ? "" : "." + digits);
  }

  private static void share(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new Problem(
          name + " is a share between 0 and 1, not " + value, "5 % is written as 0.05.");
    }
  }

  private static void within(String name, long value, long most, String words) {
    if (value < 0) {
      throw new Problem(name + " cannot be negative", "Give 0 or more.");
    }
    if (value > most) {
      throw new Problem(name + " is too large", "Give " + words + " at most.");
    }
  }

  /** Collects what is chosen. */
  public static final class Builder {
    private long seed = 1;
    private long rttNanos = 40_000_000;
    private long jitterNanos;
    private double loss;
    private double duplicate;
    private double reorder;
    private long bitsPerSecond;
    private final List<PathConditions.Cut> cuts = new ArrayList<>();
    private Handshake handshake = Handshake.THREE_WAY;
    private @Nullable Vantage vantage;
    private boolean cookies;
    private int count;

    private Builder() {}

    public Builder seed(long number) {
      seed = number;
      return this;
    }

    public Builder rttNanos(long nanos) {
      rttNanos = nanos;
      return this;
    }

    public Builder jitterNanos(long nanos) {
      jitterNanos = nanos;
      return this;
    }

    public Builder loss(double share) {
      loss = share;
      return this;
    }

    public Builder duplicate(double share) {
      duplicate = share;
      return this;
    }

    public Builder reorder(double share) {
      reorder = share;
      return this;
    }

    public Builder bitsPerSecond(long rate) {
      bitsPerSecond = rate;
      return this;
    }

    /** Nothing comes through from one time to another, counted from the beginning. */
    public Builder cut(long fromNanos, long untilNanos) {
      cuts.add(new PathConditions.Cut(fromNanos, untilNanos));
      return this;
    }

    public Builder handshake(Handshake how) {
      handshake = how;
      return this;
    }

    public Builder vantage(@Nullable Vantage where) {
      vantage = where;
      return this;
    }

    public Builder cookies(boolean used) {
      cookies = used;
      return this;
    }

    public Builder count(int number) {
      count = number;
      return this;
    }

    public SimulationOptions build() {
      return new SimulationOptions(
          seed,
          rttNanos,
          jitterNanos,
          loss,
          duplicate,
          reorder,
          bitsPerSecond,
          cuts,
          handshake,
          vantage,
          cookies,
          count);
    }
  }
}
