package io.handshakelab.magic;

import io.handshakelab.capture.Capture;
import io.handshakelab.capture.CaptureFiles;
import io.handshakelab.problem.Problem;
import io.handshakelab.simulate.Handshake;
import io.handshakelab.simulate.Scenario;
import io.handshakelab.simulate.SimulationOptions;
import io.handshakelab.simulate.SimulationResult;
import io.handshakelab.simulate.https.HttpsVisit;
import io.handshakelab.table.Listing;
import io.handshakelab.table.Listings;
import io.handshakelab.table.TableFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    description =
        "Plays a story of TCP or HTTPS on a virtual network: the same seed gives the same capture.")
final class SimulateMagic extends Magic {
  private static final int RESOURCE_ROWS = 25;

  @Parameters(arity = "0..1", paramLabel = "SCENARIO", description = "Its name; see --list.")
  private @Nullable String scenario;

  @Option(names = "--list", description = "The scenarios, and what to look for in each.")
  private boolean list;

  @Mixin private NetworkArgument network = new NetworkArgument();

  @Option(
      names = "--handshake",
      paramLabel = "WAY",
      description = "three-way (default), or two-way: without the third segment.")
  private @Nullable String handshake;

  @Option(names = "--cookies", description = "The server has SYN cookies (RFC 4987).")
  private boolean cookies;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many SYNs, or whatever the scenario has many of.")
  private int count;

  @Mixin private VirtualTls tls = new VirtualTls();

  @Option(names = "--as", paramLabel = "NAME", description = "What to call the capture.")
  private @Nullable String name;

  @Option(names = "--save", paramLabel = "FILE", description = "Writes the capture to this file.")
  private @Nullable Path file;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "With --list: text, csv or json, for other programs to read.")
  private @Nullable TableFormat format;

  /** A story that was played. */
  private record Played(Capture capture, SimulationResult result) {}

  @Override
  Answer run() {
    if (list) {
      return list();
    }
    if (format != null) {
      throw new Problem(
          "--format belongs to --list",
          "add --save FILE, then: " + session().command("tcp") + " FILE --format json");
    }
    Played played = played();
    Capture capture = name == null ? played.capture() : played.capture().withName(name);
    session().keep(capture, played.result().resources());
    List<String> remarks = new ArrayList<>(played.result().notes());
    Path where = file;
    if (where != null) {
      CaptureFiles.write(capture, where, true);
      remarks.add("saved as " + where);
    } else if (session().isShell()) {
      remarks.add("not saved: add --save FILE, then look at it with tcp, states, tls …");
    }
    List<Object> below = new ArrayList<>();
    if (!remarks.isEmpty()) {
      below.add(new Text(String.join("\n", remarks)));
    }
    if (!played.result().resources().isEmpty()) {
      below.add(resources(played.result()));
    }
    return Answer.of(capture).below(below);
  }

  private Answer list() {
    Listing listing = Listings.scenarios(Stories.all());
    if (format != null) {
      return Answer.of(new FormattedTable(listing, format));
    }
    if (!session().isShell()) {
      return Answer.of(listing.table());
    }
    StringBuilder text = new StringBuilder();
    Stories.all()
        .forEach((label, sentence) -> text.append(String.format("%-22s %s%n", label, sentence)));
    return Answer.of(new Text(text.toString().stripTrailing()));
  }

  private Played played() {
    String wanted = scenario;
    if (wanted == null) {
      throw missing(
          "no scenario was named", "take one of " + String.join(", ", Stories.all().keySet()));
    }
    if (wanted.equals(HttpsVisit.NAME)) {
      HttpsVisit.Made made = HttpsVisit.make(options(), tls.choice(), tls.resumes());
      return new Played(made.capture(), made.result());
    }
    Scenario story = Scenario.named(wanted).orElseThrow(() -> unknown(wanted));
    String option = tls.given();
    if (option != null) {
      throw new Problem(
          option + " has no meaning for " + wanted + ": there is no TLS in it",
          "leave it out, or take the scenario " + HttpsVisit.NAME);
    }
    SimulationResult result = story.play(options());
    return new Played(result.capture(), result);
  }

  private static Problem unknown(String wanted) {
    Map<String, String> known = Stories.all();
    return new Problem(
        "there is no scenario " + wanted,
        Suggest.nearest(wanted.toLowerCase(Locale.ROOT), known.keySet())
            .map(near -> "did you mean " + near + "?")
            .orElse("the scenarios are " + String.join(", ", known.keySet())));
  }

  private SimulationOptions options() {
    if (count < 0) {
      throw new Problem("--count " + count + " is no number of anything", "give 1 or more");
    }
    return network
        .addTo(SimulationOptions.builder())
        .handshake(handshake())
        .cookies(cookies)
        .count(count)
        .build();
  }

  private Handshake handshake() {
    String wanted = handshake;
    if (wanted == null) {
      return Handshake.THREE_WAY;
    }
    List<String> labels = new ArrayList<>();
    for (Handshake way : Handshake.values()) {
      if (way.label().equals(wanted.toLowerCase(Locale.ROOT))) {
        return way;
      }
      labels.add(way.label());
    }
    throw new Problem("there is no handshake " + wanted, "take " + String.join(" or ", labels));
  }

  /** What a port held, in a table short enough to be looked at. */
  private Object resources(SimulationResult result) {
    Listing listing = Listings.resources(result.resources(), RESOURCE_ROWS);
    return session().isShell() ? new FormattedTable(listing, TableFormat.TEXT) : listing.table();
  }
}
