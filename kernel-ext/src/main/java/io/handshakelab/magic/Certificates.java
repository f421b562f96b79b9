package io.handshakelab.magic;

import io.handshakelab.analysis.Analysis;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.capture.Capture;
import io.handshakelab.problem.Problem;
import io.handshakelab.simulate.https.HttpsVisit;
import io.handshakelab.table.ShownChain;
import io.handshakelab.tcp.Sender;
import io.handshakelab.tls.CertificateList;
import io.handshakelab.x509.CertificateChain;
import io.handshakelab.x509.PemFile;
import io.handshakelab.x509.RevocationEvidence;
import io.handshakelab.x509.TrustStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chains from where a person says they are.
 *
 * @param chains as they were shown, one for each connection; one alone from a file
 * @param host for which the first one should be good, or null if that is not known
 * @param revocations what is known of revoked ones
 * @param problem what went wrong though there are certificates, or null
 * @param simulated when they were shown, if that was on a virtual network: then its root is
 *     believed
 */
record Certificates(
    List<ShownChain> chains,
    @Nullable String host,
    RevocationEvidence revocations,
    @Nullable Problem problem,
    @Nullable Instant simulated) {
  Certificates {
    chains = List.copyOf(chains);
  }

  /**
   * @param which a capture, a PEM file or a host; null for the chain shown last, or else the
   *     current capture
   * @param trusted a PEM file of roots that are believed besides the JDK's and the lab's, or null
   */
  static Certificates of(Session session, @Nullable String which, @Nullable Path trusted)
      throws InterruptedException {
    TrustArgument trust = new TrustArgument();
    trust.trust = trusted == null ? null : trusted.toString();
    return of(session, which, trust, new CaptureArgument());
  }

  /** The same, with the keys for a capture: TLS 1.3 shows certificates to who has them. */
  static Certificates of(
      Session session, @Nullable String which, TrustArgument trusted, CaptureArgument how)
      throws InterruptedException {
    Certificates last = session.certificates();
    if (which == null && last != null && !trusted.given() && !how.given()) {
      return last;
    }
    Path file = which == null ? null : Session.file(which);
    Certificates found;
    if (which != null && Targets.isTarget(session, which)) {
      Visits.Made made = Visits.whole(session, Visits.to(session, which));
      found =
          inCapture(made.analysis(), session, trusted, Visits.host(which), made.result().problem());
    } else if (which != null && !session.knows(which) && file != null && holdsCertificates(file)) {
      CertificateChain chain = trusted.chain(PemFile.read(file), trusted.store(session));
      found =
          new Certificates(
              List.of(new ShownChain(null, chain)),
              null,
              RevocationEvidence.NONE.plus(session.revocationLists()),
              null,
              null);
    } else {
      Analysis analysis = how.in(session, which);
      found = inCapture(analysis, session, trusted, null, null);
    }
    session.keep(found);
    return found;
  }

  private static Certificates inCapture(
      Analysis analysis,
      Session session,
      TrustArgument trusted,
      @Nullable String host,
      @Nullable Problem problem) {
    Capture capture = analysis.capture();
    TrustStore given = trusted.store(session);
    TrustStore trust = capture.isSimulated() ? given.plus(List.of(HttpsVisit.trustRoot())) : given;
    List<ShownChain> chains = new ArrayList<>();
    for (CertificateList list : analysis.tls().certificates()) {
      if (list.sender() == Sender.SERVER) {
        chains.add(new ShownChain(list.connection(), trusted.chain(list.der(), trust)));
      }
    }
    if (chains.isEmpty()) {
      throw problem != null
          ? problem
          : new Problem(
              "there are no certificates in the capture " + capture.name(),
              "in TLS 1.3 they are encrypted: give the keys with --keylog; a resumed session"
                  + " shows none");
    }
    String asked = host != null ? host : ServerName.in(analysis, chains.get(0).connection());
    Instant simulated =
        capture.isSimulated() ? Instant.ofEpochSecond(0, capture.startNanos()) : null;
    RevocationEvidence evidence = analysis.revocations().plus(session.revocationLists());
    return new Certificates(chains, asked, evidence, problem, simulated);
  }

  /** For which moment they are judged. */
  Instant at() {
    return simulated == null ? Instant.now().truncatedTo(ChronoUnit.SECONDS) : simulated;
  }

  static TrustStore trust(Session session, @Nullable Path file) {
    return TrustArgument.store(session, file == null ? null : file.toString());
  }

  /** The first chain, or the one that was shown in this connection. */
  ShownChain chain(@Nullable Integer connection) {
    return chains.stream()
        .filter(c -> connection == null || connection.equals(c.connection()))
        .findFirst()
        .orElseThrow(
            () ->
                new Problem(
                    "no certificates were shown in connection " + connection,
                    "leave --conn out, or see the table tls"));
  }

  /** Whether a file begins like PEM text or a single certificate in DER, and not like a capture. */
  static boolean holdsCertificates(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(4);
      if (start.length < 4) {
        return false;
      }
      int magic = (int) Bytes.wrap(start).u32(0);
      boolean capture =
          magic == 0x0a0d0d0a
              || (magic >>> 16) == 0x1f8b
              || magic == 0xa1b2c3d4
              || magic == 0xd4c3b2a1
              || magic == 0xa1b23c4d
              || magic == 0x4d3cb2a1;
      return !capture;
    } catch (IOException e) {
      return false;
    }
  }
}
