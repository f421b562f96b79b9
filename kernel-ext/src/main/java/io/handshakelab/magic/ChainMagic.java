package io.handshakelab.magic;

import io.handshakelab.table.Listings;
import io.handshakelab.table.ShownChain;
import io.handshakelab.x509.CertificateDetails;
import io.handshakelab.x509.CertificateSet;
import io.handshakelab.x509.ChainEntry;
import io.handshakelab.x509.PathCheck;
import io.handshakelab.x509.PathVerdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    description = "The certificates, from the end user's up to the root, and whether they hold.")
final class ChainMagic extends Magic {
  @Parameters(
      arity = "0..1",
      paramLabel = "CAPTURE|FILE|HOST",
      description = "A capture, a file of certificates in PEM, or a host to visit.")
  private @Nullable String what;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = "Roots in PEM that are believed too.")
  private @Nullable Path trust;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "For which host they should be good, if not the one that was visited.")
  private @Nullable String host;

  @Option(names = "--checks", description = "Lists what was checked instead.")
  private boolean checks;

  @Option(
      names = "--details",
      description = "Shows all that stands in each certificate, its extensions in words.")
  private boolean details;

  @Mixin private CaptureArgument how = new CaptureArgument();
  @Mixin private TableArgument shape = new TableArgument();

  @Override
  Answer run() throws InterruptedException {
    if (what == null) {
      session().forgetCertificates();
    }
    Certificates certificates = Certificates.of(session(), what, trust, how);
    List<ShownChain> chains =
        shape.connection() == null
            ? certificates.chains()
            : List.of(certificates.chain(shape.connection()));
    List<String> notices = new ArrayList<>();
    List<PathVerdict> verdicts = new ArrayList<>();
    if (certificates.simulated() != null) {
      notices.add(
          "simulated: judged for "
              + certificates.at()
              + ", with the root of the simulation trusted");
    }
    for (ShownChain shown : chains) {
      PathVerdict verdict =
          PathVerdict.of(
              shown.chain(),
              host == null ? certificates.host() : host,
              certificates.at(),
              certificates.revocations());
      verdicts.add(verdict);
      shown.chain().findings().forEach(notices::add);
      verdict
          .firstFailure()
          .ifPresent(check -> notices.add("not valid: " + check.subject() + ": " + check.reason()));
    }
    Answer answer =
        checks
            ? Answer.of(new Text(text(verdicts)))
            : details
                ? Answer.of(details(chains))
                : shape.answer(session(), Listings.chain(chains));
    return answer
        .negativeIf(!verdicts.stream().allMatch(PathVerdict::valid))
        .with(notices.stream().distinct().toList())
        .with(certificates.problem());
  }

  private static CertificateSet details(List<ShownChain> chains) {
    return new CertificateSet(
        chains.stream()
            .flatMap(
                shown ->
                    Stream.concat(
                        shown.chain().entries().stream(), shown.chain().extras().stream()))
            .map(ChainEntry::der)
            .distinct()
            .map(CertificateDetails::of)
            .toList());
  }

  private static String text(List<PathVerdict> verdicts) {
    StringBuilder text = new StringBuilder();
    for (PathVerdict verdict : verdicts) {
      for (PathCheck check : verdict.checks()) {
        text.append(
            String.format(
                "%-2s %-18s %s: %s (%s)%n",
                check.ok() ? "ok" : "!!",
                check.kind().label(),
                check.subject(),
                check.reason(),
                check.rfc()));
      }
    }
    return text.toString().stripTrailing();
  }
}
