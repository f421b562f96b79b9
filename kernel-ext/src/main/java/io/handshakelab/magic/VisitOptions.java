package io.handshakelab.magic;

import io.handshakelab.lab.Visit;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How a visit is made, for the magics that make one. */
final class VisitOptions {
  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      description = "wire, relay, or auto (default).")
  private String source = "auto";

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "The longest that one step may take (default: 10 s).")
  private Duration timeout = Duration.ofSeconds(10);

  Visit of(Visit visit) {
    return visit.source(source).timeout(timeout);
  }
}
