package io.handshakelab.x509;

import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a chain is to be believed, as a list of checks. The word on the path as a whole is that
 * of the JDK's PKIX validator; the other checks ask the JDK one question each, so that everything
 * that is wrong is listed and not only what the validator met with first.
 *
 * @param at the time for which the verdict holds
 */
public record PathVerdict(List<PathCheck> checks, Instant at) {
  public PathVerdict {
    checks = List.copyOf(checks);
  }

  /**
   * The verdict on a server.
   *
   * @param host its name or address; null asks for no name
   */
  public static PathVerdict of(CertificateChain chain, @Nullable String host, Instant at) {
    return of(chain, host, at, RevocationEvidence.NONE);
  }

  /** The same, with what is known of revocation. */
  public static PathVerdict of(
      CertificateChain chain, @Nullable String host, Instant at, RevocationEvidence evidence) {
    return of(chain, host, at, evidence, CtLogs.NONE);
  }

  /** The same, with logs whose timestamps can be verified. */
  public static PathVerdict of(
      CertificateChain chain,
      @Nullable String host,
      Instant at,
      RevocationEvidence evidence,
      CtLogs logs) {
    return of(chain, Purpose.SERVER, host, at, evidence, logs);
  }

  /** The verdict on a client, who has no host name. */
  public static PathVerdict ofClient(CertificateChain chain, Instant at) {
    return of(chain, Purpose.CLIENT, null, at, RevocationEvidence.NONE, CtLogs.NONE);
  }

  private static PathVerdict of(
      CertificateChain chain,
      Purpose purpose,
      @Nullable String host,
      Instant at,
      RevocationEvidence evidence,
      CtLogs logs) {
    List<PathCheck> checks = new ArrayList<>();
    List<ChainEntry> entries = chain.entries();
    List<X509Certificate> path = new ArrayList<>();
    try {
      for (ChainEntry entry : entries) {
        path.add(LibraryVerdict.certificate(entry.der()));
      }
    } catch (CertificateException e) {
      ChainEntry unread = entries.get(path.size());
      String unusable = KeyLimits.unusable(unread.der());
      String why =
          unusable == null
              ? "the JDK cannot read it: " + ParsedCertificate.oneLine(e)
              : "its key cannot be used: " + unusable;
      return new PathVerdict(List.of(PkixPath.failed(unread.subject(), why)), at);
    }
    long cost = 0;
    for (ChainEntry entry : entries) {
      cost += 2 * KeyLimits.costMicros(entry.der());
      if (cost > KeyLimits.BUDGET_MICROS) {
        String why = "the keys of this chain are too large for all of it";
        return new PathVerdict(List.of(PkixPath.failed(entry.subject(), why)), at);
      }
      String unusable = KeyLimits.unusable(entry.der());
      if (unusable != null) {
        String why = "its key cannot be used: " + unusable;
        return new PathVerdict(List.of(PkixPath.failed(entry.subject(), why)), at);
      }
    }
    if (path.isEmpty()) {
      return new PathVerdict(List.of(PkixPath.failed("", "there is no certificate")), at);
    }
    for (int i = 0; i < path.size(); i++) {
      ChainEntry entry = entries.get(i);
      checks.add(validity(entry, path.get(i), at));
      if (i + 1 < path.size()) {
        checks.add(chaining(entry, path.get(i), path.get(i + 1)));
        checks.add(signature(entry, entries.get(i + 1)));
      }
      if (i > 0 && !(entry.trusted() && path.get(i).getVersion() < 3)) {
        checks.add(basicConstraints(entry, path, i));
      }
      // A trusted root alone is no server's certificate that is shown.
      boolean endUser = i == 0 && !(entry.trusted() && entry.category() == Category.ROOT);
      checks.add(UsageChecks.keyUsage(entry, path.get(i), endUser));
      checks.add(Strength.check(entry, path.get(i)));
    }
    checks.add(UsageChecks.extendedKeyUsage(entries.get(0), path.get(0), purpose));
    checks.addAll(NameConstraintChecks.of(entries));
    checks.add(PolicyCheck.of(entries.get(0)));
    checks.addAll(Revocation.checks(entries, path, at, evidence));
    if (purpose == Purpose.SERVER) {
      checks.add(Transparency.check(entries, logs, at, evidence));
    }
    if (host != null) {
      checks.add(HostNames.check(host, path.get(0)));
    }
    checks.add(trusted(entries));
    checks.add(SentCheck.of(chain));
    checks.add(PkixPath.check(entries, path, purpose, at));
    return new PathVerdict(checks, at);
  }

  /** Whether every check holds. */
  public boolean valid() {
    return !checks.isEmpty() && checks.stream().allMatch(PathCheck::ok);
  }

  /** The first check that does not hold. */
  public Optional<PathCheck> firstFailure() {
    return checks.stream().filter(check -> !check.ok()).findFirst();
  }

  /**
   * What a browser would say, in one sentence.
   *
   * @param host as it was asked; null if no name was asked for
   */
  public String sentence(@Nullable String host) {
    return BrowserSentence.of(checks, host);
  }

  private static PathCheck validity(ChainEntry entry, X509Certificate certificate, Instant at) {
    String span = entry.notBefore() + " to " + entry.notAfter();
    String reason = "valid from " + span;
    boolean ok = false;
    try {
      certificate.checkValidity(Date.from(at));
      ok = true;
    } catch (CertificateExpiredException e) {
      reason = "expired: valid from " + span + ", and it is " + at;
    } catch (CertificateNotYetValidException e) {
      reason = "not yet valid: valid from " + span + ", and it is " + at;
    }
    return new PathCheck(
        PathCheck.Kind.VALIDITY, entry.subject(), ok, reason, "RFC 5280 §4.1.2.5, §6.1.3 (a)(2)");
  }

  private static PathCheck chaining(
      ChainEntry entry, X509Certificate child, X509Certificate above) {
    boolean ok = child.getIssuerX500Principal().equals(above.getSubjectX500Principal());
    String reason = "its issuer " + (ok ? "is " : "is not the next one: ") + entry.issuer();
    return new PathCheck(
        PathCheck.Kind.CHAINING, entry.subject(), ok, reason, "RFC 5280 §6.1.3 (a)(4)");
  }

  private static PathCheck signature(ChainEntry entry, ChainEntry above) {
    LibraryVerdict verdict = LibraryVerdict.of(entry.der(), above.der());
    String detail = verdict.reason().isEmpty() ? "" : ": " + verdict.reason();
    String reason =
        verdict.ok()
            ? entry.signatureAlgorithm() + ", made with the key of " + above.subject()
            : "not made with the key of " + above.subject() + detail;
    return new PathCheck(
        PathCheck.Kind.SIGNATURE, entry.subject(), verdict.ok(), reason, "RFC 5280 §6.1.3 (a)(1)");
  }

  private static PathCheck basicConstraints(ChainEntry entry, List<X509Certificate> path, int at) {
    int limit = path.get(at).getBasicConstraints();
    long below =
        path.subList(1, at).stream()
            .filter(c -> !c.getSubjectX500Principal().equals(c.getIssuerX500Principal()))
            .count();
    String reason =
        limit < 0
            ? "it issued a certificate but is no certification authority"
            : limit < below
                ? "it allows " + limit + " authorities below it, here are " + below
                : "a certification authority";
    return new PathCheck(
        PathCheck.Kind.BASIC_CONSTRAINTS,
        entry.subject(),
        limit >= below,
        reason,
        "RFC 5280 §4.2.1.9, §6.1.4 (k)-(m)");
  }

  private static PathCheck trusted(List<ChainEntry> entries) {
    ChainEntry top = entries.get(entries.size() - 1);
    String reason = top.trusted() ? "it is in the trust store" : "it is not in the trust store";
    return new PathCheck(
        PathCheck.Kind.TRUSTED_ROOT, top.subject(), top.trusted(), reason, "RFC 5280 §6.1.1 (d)");
  }
}
