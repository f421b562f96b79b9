package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.chart.Bounds;
import io.handshakelab.chart.Charts;
import io.handshakelab.chart.Picture;
import io.handshakelab.problem.Problem;
import io.handshakelab.simulate.ResourceSample;
import io.handshakelab.table.Listings;
import io.handshakelab.table.Tables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tech.tablesaw.api.Table;

@Command(description = "A picture of a capture.")
final class ChartMagic extends Magic {
  /** What can be drawn. */
  enum Kind {
    LADDER,
    WATERFALL,
    STATES,
    MACHINE,
    RESOURCES,
    RTT
  }

  @Parameters(
      index = "0",
      paramLabel = "ladder|waterfall|states|machine|resources|rtt",
      description =
          "ladder: both ends and what passes between them; waterfall: the phases; "
              + "states: the states of both ends over time; "
              + "machine: the state machine of TCP, with the way of this connection; "
              + "resources: what a simulated server held; "
              + "rtt: how long each segment waited for its acknowledgement.")
  private Kind kind = Kind.LADDER;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CAPTURE|FILE",
      description = "A capture by its name or file; the current one if not named.")
  private @Nullable String capture;

  @Option(
      names = "--conn",
      paramLabel = "N",
      description =
          "Only this TCP connection, from 0 (ladder, states: the one with TLS if not given).")
  private @Nullable Integer connection;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "At most so many segments (ladder); states: more than these are drawn together where they"
              + " change nothing.")
  private @Nullable Integer limit;

  @Option(
      names = "--beside",
      paramLabel = "CAPTURE",
      description = "Another simulation to compare with (resources); more than once if need be.")
  private List<String> others = new ArrayList<>();

  @Option(names = "--svg", description = "Shows it as SVG too, which can be enlarged.")
  private boolean svg;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Writes it to a file: SVG if the name ends in .svg, else PNG.")
  private @Nullable Path file;

  @Mixin private CaptureArgument how = new CaptureArgument();

  @Override
  Answer run() {
    if (kind == Kind.MACHINE && capture == null && !session().hasCapture()) {
      return shown(Charts.machine());
    }
    Analysis analysis = how.in(session(), capture);
    Answer answer = shown(draw(analysis));
    Answer judged =
        answer.value() instanceof Text ? answer : how.judged(answer, session(), analysis, true);
    if (kind != Kind.STATES) {
      return judged;
    }
    List<String> notes = new ArrayList<>(judged.notices());
    notes.addAll(StateNotes.of(analysis, connection == null ? shown(analysis) : connection));
    return judged.with(notes);
  }

  /** In a shell, what was written is not shown. */
  private Answer shown(Picture picture) {
    Path where = file;
    if (where != null) {
      write(picture, where);
      if (session().isShell()) {
        return Answer.of(new Text(where + ": " + picture.title()));
      }
    }
    return Answer.of(svg ? new SvgPicture(picture) : picture);
  }

  private Picture draw(Analysis analysis) {
    return switch (kind) {
      case LADDER -> {
        Integer conn = connection == null ? shown(analysis) : connection;
        yield Charts.ladder(
            part(Tables.tcp(analysis), conn),
            part(Tables.states(analysis), conn),
            part(Tables.tls(analysis), conn),
            part(Tables.http(analysis), conn),
            limit == null ? Charts.DEFAULT_ROWS : limit);
      }
      case STATES -> {
        Integer conn = connection == null ? shown(analysis) : connection;
        yield Charts.states(
            Listings.tcp(analysis).choose(conn, null).table(),
            Listings.states(analysis).choose(conn, null).table(),
            Bounds.of(analysis.tcp().transitions(), analysis.capture().startNanos()),
            limit == null ? Charts.DEFAULT_MOMENTS : limit);
      }
      case MACHINE -> {
        Integer conn = connection == null ? shown(analysis) : connection;
        yield Charts.machine(Listings.states(analysis).choose(conn, null).table());
      }
      case RESOURCES -> resources(analysis);
      case RTT -> Charts.rtt(part(Tables.tcp(analysis), connection));
      case WATERFALL -> Charts.waterfall(part(Tables.timings(analysis), connection));
    };
  }

  private Picture resources(Analysis analysis) {
    Map<String, Table> held = new LinkedHashMap<>();
    held.put(analysis.capture().name(), resourceTable(analysis));
    for (String name : others) {
      Analysis other = session().analysis(name);
      held.put(other.capture().name(), resourceTable(other));
    }
    return Charts.resources(held);
  }

  private Table resourceTable(Analysis analysis) {
    List<ResourceSample> held = session().resources(analysis);
    if (held.isEmpty()) {
      throw new Problem(
          "nobody knows what the server of "
              + analysis.capture().name()
              + " held: only a"
              + " simulation counts that, and only in this session",
          "play one of delayed-duplicate-syn and syn-flood with "
              + session().command("simulate")
              + (session().isShell() ? ", which shows it as a table" : ""));
    }
    return Listings.resources(held, Integer.MAX_VALUE).table();
  }

  /** The first connection with TLS; else all. */
  private static @Nullable Integer shown(Analysis analysis) {
    return analysis.tls().messages().stream()
        .map(message -> message.connection())
        .findFirst()
        .orElse(null);
  }

  private static Table part(Table table, @Nullable Integer connection) {
    return connection == null ? table : Tables.connection(table, connection);
  }

  private static void write(Picture picture, Path file) {
    try {
      if (file.toString().toLowerCase(Locale.ROOT).endsWith(".svg")) {
        Files.writeString(file, picture.svg(), StandardCharsets.UTF_8);
      } else {
        Files.write(file, picture.png());
      }
    } catch (IOException e) {
      throw new Problem(
          "the picture cannot be written to " + file, "choose a place you may write to", e);
    }
  }
}
