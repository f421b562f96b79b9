package io.handshakelab.x509;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/** The path as a whole, by the JDK's PKIX validator (RFC 5280 §6.1), without revocation. */
final class PkixPath {
  private PkixPath() {}

  static PathCheck check(
      List<ChainEntry> entries, List<X509Certificate> path, Purpose purpose, Instant at) {
    int top = path.size() - 1;
    String first = entries.get(0).subject();
    if (!entries.get(top).trusted()) {
      return failed(
          first, "the path ends at " + entries.get(top).subject() + ", who is not trusted");
    }
    try {
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(path.get(top), null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(at));
      X509CertSelector endUser = new X509CertSelector();
      endUser.setExtendedKeyUsage(Set.of(purpose.oid()));
      parameters.setTargetCertConstraints(endUser);
      // The anchor is no part of the path; alone, it is validated against itself.
      List<X509Certificate> below = path.subList(0, Math.max(1, top));
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(below), parameters);
      return new PathCheck(
          PathCheck.Kind.PATH, first, true, "the JDK's PKIX validator accepts it", "RFC 5280 §6.1");
    } catch (CertPathValidatorException e) {
      int index = e.getIndex();
      String subject = index >= 0 && index <= top ? entries.get(index).subject() : first;
      return failed(subject, e.getReason() + ": " + ParsedCertificate.oneLine(e));
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      return failed(first, ParsedCertificate.oneLine(e));
    }
  }

  static PathCheck failed(String subject, String reason) {
    return new PathCheck(PathCheck.Kind.PATH, subject, false, reason, "RFC 5280 §6.1");
  }
}
