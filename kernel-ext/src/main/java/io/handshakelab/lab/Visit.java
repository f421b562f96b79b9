package io.handshakelab.lab;

import io.handshakelab.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One HTTPS visit with everything recorded: DNS, the redirect from HTTP, TCP, TLS, one GET,
 * close_notify and the end of the connection.
 *
 * <pre>{@code
 * VisitResult result = Visit.to("www.lab.test").servers(lab).run();
 * }</pre>
 */
public final class Visit {
  private final String target;
  private String name;
  private Duration timeout = Duration.ofSeconds(10);
  private String source = "auto";
  private @Nullable LabServers servers;
  private @Nullable TlsVersions tls;
  private @Nullable String clientCertificate;
  private @Nullable Boolean check;
  private Until until = Until.END;
  private @Nullable Random random;

  /** How far a visit goes. */
  enum Until {
    LOOKUP,
    REDIRECT,
    END
  }

  private Visit(String target) {
    this.target = target;
    this.name = target;
  }

  /**
   * Begins the description of a visit.
   *
   * @param target a host (asked over HTTP first, and on to HTTPS by its redirect), host:port (TLS
   *     at once), or a URL
   */
  public static Visit to(String target) {
    return new Visit(target);
  }

  /** What the capture is to be called; the target unless told otherwise. */
  public Visit name(String name) {
    this.name = name;
    return this;
  }

  /** The longest that any one step may take; 10 seconds unless told otherwise. */
  public Visit timeout(Duration time) {
    if (time.isNegative() || time.isZero() || time.compareTo(Duration.ofHours(1)) > 0) {
      throw new Problem("a timeout of " + time.toSeconds() + " s", "take 1 s to 3600 s");
    }
    this.timeout = time;
    return this;
  }

  /** {@code wire}, {@code relay}, or {@code auto}: the wire where that is permitted. */
  public Visit source(String source) {
    this.source = source;
    return this;
  }

  /** The lab that answers for the names below {@code lab.test}. */
  public Visit servers(@Nullable LabServers lab) {
    this.servers = lab;
    return this;
  }

  /**
   * The TLS versions to offer: {@code 1.2}, {@code 1.3} or {@code any}. Without it both are
   * offered, except to a lab that speaks TLS 1.2 alone: an offer of TLS 1.3 would carry a session
   * ID that has no meaning (RFC 8446 §D.4).
   */
  public Visit tls(@Nullable String versions) {
    this.tls = versions == null ? null : TlsVersions.of(versions);
    return this;
  }

  /**
   * What to show to a server that asks for the client's certificate: one of {@link
   * ClientCertificate#WORDS}, or a PEM file with certificate and private key. None unless told
   * otherwise.
   */
  public Visit clientCertificate(@Nullable String wordOrFile) {
    this.clientCertificate = wordOrFile;
    return this;
  }

  /**
   * Whether to end the handshake at a certificate that a browser would refuse. Without it that is
   * so at the lab's own server, and everywhere else any certificate will do.
   */
  public Visit check(@Nullable Boolean certificates) {
    this.check = certificates;
    return this;
  }

  /** Ends after the name is looked up. */
  public Visit lookupOnly() {
    this.until = Until.LOOKUP;
    return this;
  }

  /** Ends where the redirects lead to HTTPS, without going there. */
  public Visit redirectOnly() {
    this.until = Until.REDIRECT;
    return this;
  }

  /** Where the initial sequence numbers of a relay's frames come from. */
  Visit random(Random random) {
    this.random = random;
    return this;
  }

  /**
   * Makes the visit. A step that fails ends it, and what was recorded is kept.
   *
   * @throws Problem if it cannot begin: the target cannot be understood, or the source cannot be
   *     had
   */
  public VisitResult run() {
    VisitTarget first = VisitTarget.parse(target);
    // Before anything is recorded: keys may have to be made.
    Credence credence = Credence.of(check, clientCertificate, servers);
    Random numbers = random == null ? new Random() : random;
    try (Recorder recorder =
        Recorders.open(name, source, NameLookup.isLocal(first.host()), numbers)) {
      VisitSteps steps = new VisitSteps(recorder, servers, timeout, tls, credence);
      Problem problem = null;
      String refusal = null;
      try {
        boolean mayBeHttpOnly = target.contains("://");
        steps.visit(first, mayBeHttpOnly, until);
      } catch (Problem e) {
        problem = e;
      } catch (Refusal e) {
        refusal = e.inWords();
        steps.warnings().add(refusal);
      }
      return new VisitResult(
          recorder.finish(steps.secrets(), List.copyOf(steps.warnings())), problem, refusal);
    }
  }
}
