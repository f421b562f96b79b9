package io.handshakelab.magic;

import io.handshakelab.capture.Vantage;
import io.handshakelab.problem.Problem;
import io.handshakelab.simulate.SimulationOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the virtual network is like, and where on it the capture is taken. */
final class NetworkArgument {
  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides all that is chance (default: 1).")
  private @Nullable String seed;

  @Option(names = "--rtt", paramLabel = "TIME", description = "There and back (default: 40ms).")
  private @Nullable String rtt;

  @Option(names = "--jitter", paramLabel = "TIME", description = "Added by chance, at most.")
  private @Nullable String jitter;

  @Option(names = "--loss", paramLabel = "SHARE", description = "How many get lost: 0.05, or 5%%.")
  private @Nullable String loss;

  @Option(names = "--duplicate", paramLabel = "SHARE", description = "How many arrive twice.")
  private @Nullable String duplicate;

  @Option(names = "--reorder", paramLabel = "SHARE", description = "How many are overtaken.")
  private @Nullable String reorder;

  @Option(names = "--rate", paramLabel = "RATE", description = "Such as 10mbit; else no limit.")
  private @Nullable String rate;

  @Option(
      names = "--cut",
      paramLabel = "FROM..TO",
      description = "When nothing comes through, such as 2s..5s; may be given more than once.")
  private List<String> cuts = new ArrayList<>();

  @Option(
      names = "--vantage",
      paramLabel = "WHERE",
      description = "client, server, middle or both; else where most is to be seen.")
  private @Nullable String vantage;

  SimulationOptions.Builder addTo(SimulationOptions.Builder options) {
    options.vantage(where());
    if (seed != null) {
      options.seed(number(seed));
    }
    if (rtt != null) {
      options.rttNanos(Quantity.nanos("--rtt", rtt));
    }
    if (jitter != null) {
      options.jitterNanos(Quantity.nanos("--jitter", jitter));
    }
    if (loss != null) {
      options.loss(Quantity.share("--loss", loss));
    }
    if (duplicate != null) {
      options.duplicate(Quantity.share("--duplicate", duplicate));
    }
    if (reorder != null) {
      options.reorder(Quantity.share("--reorder", reorder));
    }
    if (rate != null) {
      options.bitsPerSecond(Quantity.bitsPerSecond("--rate", rate));
    }
    for (String cut : cuts) {
      cut(cut, options);
    }
    return options;
  }

  private static void cut(String text, SimulationOptions.Builder options) {
    int dots = text.indexOf("..");
    if (dots < 0) {
      throw new Problem("--cut " + text + " has no end", "write from..to: --cut 2s..5s");
    }
    long from = Quantity.nanos("--cut", text.substring(0, dots));
    long until = Quantity.nanos("--cut", text.substring(dots + 2));
    if (from > until) {
      throw new Problem("--cut " + text + " ends before it begins", "write the earlier time first");
    }
    options.cut(from, until);
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new Problem("--seed " + text + " is no seed", "take any whole number: --seed 42", e);
    }
  }

  private @Nullable Vantage where() {
    String wanted = vantage;
    if (wanted == null) {
      return null;
    }
    List<String> labels = new ArrayList<>();
    for (Vantage known : Vantage.values()) {
      if (known.label().equals(wanted.toLowerCase(Locale.ROOT))) {
        return known;
      }
      labels.add(known.label());
    }
    throw new Problem("there is no vantage " + wanted, "take one of " + String.join(", ", labels));
  }
}
