package io.handshakelab.x509;

import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;

/**
 * Whether each name below an authority is one that it may certify (RFC 5280 §4.2.1.10), as Bouncy
 * Castle says. What a trusted root says of itself is not asked: it is no part of the path.
 */
final class NameConstraintChecks {
  private static final String RFC = "RFC 5280 §4.2.1.10, §6.1.3 (b), (c)";

  /** Far above what is met with; a comparison of all with all takes no second. */
  private static final int MAX_COMPARISONS = 100_000;

  private NameConstraintChecks() {}

  /** One for each authority that restricts names, or one that says that none does. */
  static List<PathCheck> of(List<ChainEntry> entries) {
    List<PathCheck> checks = new ArrayList<>();
    for (int i = 1; i < entries.size(); i++) {
      ChainEntry authority = entries.get(i);
      if (authority.trusted()) {
        continue;
      }
      try {
        NameConstraints constraints =
            CertificateExtensions.read(
                authority.der(),
                extensions ->
                    NameConstraints.getInstance(
                        extensions.getExtensionParsedValue(Extension.nameConstraints)));
        if (constraints != null) {
          checks.add(check(authority, constraints, entries.subList(0, i)));
        }
      } catch (CertificateExtensions.Unreadable e) {
        checks.add(check(authority, false, "its name constraints cannot be read: " + why(e)));
      }
    }
    if (checks.isEmpty()) {
      checks.add(check(entries.get(0), true, "no authority above it restricts names"));
    }
    return checks;
  }

  private static PathCheck check(
      ChainEntry authority, NameConstraints constraints, List<ChainEntry> below) {
    GeneralSubtree[] permitted = constraints.getPermittedSubtrees();
    GeneralSubtree[] excluded = constraints.getExcludedSubtrees();
    int trees =
        (permitted == null ? 0 : permitted.length) + (excluded == null ? 0 : excluded.length);
    try {
      PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
      if (trees > Math.sqrt(MAX_COMPARISONS)) {
        return check(authority, false, "it has too many name constraints: " + trees);
      }
      if (permitted != null) {
        validator.intersectPermittedSubtree(permitted);
      }
      if (excluded != null) {
        for (GeneralSubtree tree : excluded) {
          validator.addExcludedSubtree(tree);
        }
      }
      for (ChainEntry entry : below) {
        try {
          names(validator, entry, trees);
        } catch (NameConstraintValidatorException e) {
          String reason = "it may not certify " + entry.subject() + ": " + why(e);
          return check(authority, false, reason);
        }
      }
    } catch (CertificateExtensions.Unreadable | RuntimeException e) {
      return check(authority, false, "names cannot be compared: " + why(e));
    }
    return check(authority, true, "every name below it is within its " + trees + " constraints");
  }

  private static void names(PKIXNameConstraintValidator validator, ChainEntry entry, int trees)
      throws NameConstraintValidatorException, CertificateExtensions.Unreadable {
    X500Name subject = CertificateExtensions.tbs(entry.der()).getSubject();
    if (subject.getRDNs().length > 0) {
      validator.checkPermittedDN(subject);
      validator.checkExcludedDN(subject);
    }
    GeneralNames alternatives =
        CertificateExtensions.read(
            entry.der(),
            extensions ->
                GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName));
    if (alternatives == null) {
      return;
    }
    GeneralName[] names = alternatives.getNames();
    if ((long) names.length * trees > MAX_COMPARISONS) {
      throw new CertificateExtensions.Unreadable("there are too many");
    }
    for (GeneralName name : names) {
      validator.checkPermitted(name);
      validator.checkExcluded(name);
    }
  }

  private static String why(Exception e) {
    return ParsedCertificate.oneLine(e);
  }

  private static PathCheck check(ChainEntry entry, boolean ok, String reason) {
    return new PathCheck(PathCheck.Kind.NAME_CONSTRAINTS, entry.subject(), ok, reason, RFC);
  }
}
