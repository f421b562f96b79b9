package io.handshakelab.x509;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether each key of a path may do what it does there (RFC 5280 §4.2.1.3, §4.2.1.12). */
final class UsageChecks {
  private static final String ANY = "2.5.29.37.0";
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int KEY_ENCIPHERMENT = 2;
  private static final int KEY_AGREEMENT = 4;
  private static final int KEY_CERT_SIGN = 5;

  private UsageChecks() {}

  /**
   * An end user signs in the handshake, or takes part in the agreement on keys; an issuer signs
   * certificates. Without the extension everything is allowed.
   */
  static PathCheck keyUsage(ChainEntry entry, X509Certificate certificate, boolean endUser) {
    boolean[] usage = certificate.getKeyUsage();
    if (endUser) {
      boolean ok =
          allows(usage, DIGITAL_SIGNATURE)
              || allows(usage, KEY_ENCIPHERMENT)
              || allows(usage, KEY_AGREEMENT);
      String reason =
          usage == null
              ? "it does not restrict what its key may do"
              : ok
                  ? "its key may take part in a handshake"
                  : "its key must not sign a handshake: it is for "
                      + (allows(usage, KEY_CERT_SIGN) ? "signing certificates" : "other things");
      return check(entry, ok, reason, "RFC 5280 §4.2.1.3, RFC 8446 §4.4.2.2");
    }
    boolean ok = allows(usage, KEY_CERT_SIGN);
    String reason = ok ? "its key may sign certificates" : "its key must not sign certificates";
    return check(entry, ok, reason, "RFC 5280 §4.2.1.3, §6.1.4 (n)");
  }

  private static PathCheck check(ChainEntry entry, boolean ok, String reason, String rfc) {
    return new PathCheck(PathCheck.Kind.KEY_USAGE, entry.subject(), ok, reason, rfc);
  }

  private static boolean allows(boolean @Nullable [] usage, int bit) {
    return usage == null || (bit < usage.length && usage[bit]);
  }

  /** Whether it may be shown for that purpose at all. */
  static PathCheck extendedKeyUsage(
      ChainEntry entry, X509Certificate certificate, Purpose purpose) {
    boolean ok;
    String reason;
    try {
      List<String> purposes = certificate.getExtendedKeyUsage();
      ok = purposes == null || purposes.contains(purpose.oid()) || purposes.contains(ANY);
      reason =
          purposes == null
              ? "it may be shown for every purpose"
              : (ok ? "it is for " : "it is not for ") + purpose.whom();
    } catch (CertificateParsingException e) {
      ok = false;
      reason = "its purposes cannot be read: " + ParsedCertificate.oneLine(e);
    }
    return new PathCheck(
        PathCheck.Kind.EXTENDED_KEY_USAGE,
        entry.subject(),
        ok,
        reason,
        "RFC 5280 §4.2.1.12, RFC 8446 §4.4.2.2");
  }
}
