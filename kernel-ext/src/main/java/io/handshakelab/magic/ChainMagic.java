package io.handshakelab.magic;

import io.handshakelab.problem.Problem;
import io.handshakelab.table.Listings;
import io.handshakelab.table.ShownChain;
import io.handshakelab.x509.CertificateDetails;
import io.handshakelab.x509.CertificateSet;
import io.handshakelab.x509.ChainEntry;
import io.handshakelab.x509.CtLogs;
import io.handshakelab.x509.PathCheck;
import io.handshakelab.x509.PathVerdict;
import io.handshakelab.x509.RevocationEvidence;
import io.handshakelab.x509.RevokedCertificates;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
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
      names = "--host",
      paramLabel = "NAME",
      description = "For which host they should be good, if not the one that was visited.")
  private @Nullable String host;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "For which moment they are judged, such as 2030-01-31 or 2030-01-31T12:00:00Z.")
  private @Nullable String at;

  @Option(
      names = "--ct-logs",
      paramLabel = "FILE",
      description =
          "Keys of certificate transparency logs (log_list.json, ct_log_list.cnf or PEM), to verify"
              + " timestamps with.")
  private @Nullable Path logs;

  @Option(
      names = "--crl",
      paramLabel = "FILE",
      description = "Lists of revoked certificates (RFC 5280 §5), in PEM or DER, to look into.")
  private @Nullable Path lists;

  @Option(names = "--checks", description = "Lists what was checked instead.")
  private boolean checks;

  @Option(
      names = "--details",
      description = "Shows all that stands in each certificate, its extensions in words.")
  private boolean details;

  @Option(
      names = "--if-network",
      description = "Only says so where the host cannot be reached, and keeps what was shown last.")
  private boolean ifNetwork;

  @Mixin private TrustArgument trust = new TrustArgument();
  @Mixin private CaptureArgument how = new CaptureArgument();
  @Mixin private TableArgument shape = new TableArgument();

  @Override
  Answer run() throws InterruptedException {
    if (what == null) {
      session().forgetCertificates();
    }
    Certificates certificates;
    try {
      certificates = Certificates.of(session(), what, trust, how);
    } catch (Problem e) {
      if (!ifNetwork) {
        throw e;
      }
      return Answer.of(new Text("there is no way to it from here: " + e.whatHappened()));
    }
    List<ShownChain> chains =
        shape.connection() == null
            ? certificates.chains()
            : List.of(certificates.chain(shape.connection()));
    List<String> notices = new ArrayList<>();
    List<PathVerdict> verdicts = new ArrayList<>();
    Instant moment = at == null ? certificates.at() : moment(at);
    CtLogs known = logs == null ? CtLogs.NONE : CtLogs.read(logs);
    RevocationEvidence evidence = certificates.revocations();
    if (lists != null) {
      evidence = evidence.plus(RevokedCertificates.read(lists));
    }
    String asked = host == null ? certificates.host() : host;
    if (certificates.simulated() != null && at == null) {
      notices.add(
          "simulated: judged for "
              + certificates.at()
              + ", with the root of the simulation trusted");
    }
    for (ShownChain shown : chains) {
      PathVerdict verdict = PathVerdict.of(shown.chain(), asked, moment, evidence, known);
      verdicts.add(verdict);
      shown.chain().findings().forEach(notices::add);
      verdict
          .firstFailure()
          .ifPresent(check -> notices.add("not valid: " + check.subject() + ": " + check.reason()));
      // The list of checks ends with it in a shell; on a page it stands with the notices.
      if (!checks || !session().isShell()) {
        notices.add(verdict.sentence(asked));
      }
    }
    Answer answer =
        checks
            ? Answer.of(new Verdicts(verdicts.stream().map(v -> judged(v, asked)).toList()))
            : details
                ? Answer.of(details(chains))
                : shape.answer(session(), Listings.chain(chains));
    return answer
        .negativeIf(!verdicts.stream().allMatch(PathVerdict::valid))
        .with(Stream.concat(trust.notices().stream(), notices.stream()).distinct().toList())
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

  private static Instant moment(String text) {
    try {
      return text.length() <= "2030-01-31".length()
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new Problem(text + " is no time", "Write it as 2030-01-31 or 2030-01-31T12:00:00Z.", e);
    }
  }

  private static Verdicts.Chain judged(PathVerdict verdict, @Nullable String asked) {
    List<PathCheck> checks = new ArrayList<>(verdict.checks());
    checks.sort(Comparator.comparing(PathCheck::ok));
    return new Verdicts.Chain(checks, verdict.sentence(asked));
  }
}
