package io.handshakelab.lab;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.x509.PathCheck;
import io.handshakelab.x509.PathCheck.Kind;
import io.handshakelab.x509.PathVerdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.crypto.TlsCertificate;

/**
 * The alert with which a certificate is refused (RFC 8446 §6.2, RFC 5246 §7.2.2), and the check
 * that asks for it.
 */
record CertificateAlert(short description, PathCheck because) {
  /** What says most comes first; "some other (unspecified) issue" is certificate_unknown. */
  private static final Map<Kind, Short> ALERTS = new LinkedHashMap<>();

  static {
    ALERTS.put(Kind.TRUSTED_ROOT, AlertDescription.unknown_ca);
    ALERTS.put(Kind.SIGNATURE, AlertDescription.bad_certificate);
    ALERTS.put(Kind.REVOCATION, AlertDescription.certificate_revoked);
    ALERTS.put(Kind.VALIDITY, AlertDescription.certificate_expired);
    // RFC 8446 §4.4.2.4 asks for it where a hash is weak.
    ALERTS.put(Kind.STRENGTH, AlertDescription.bad_certificate);
    ALERTS.put(Kind.BASIC_CONSTRAINTS, AlertDescription.certificate_unknown);
    ALERTS.put(Kind.KEY_USAGE, AlertDescription.unsupported_certificate);
    ALERTS.put(Kind.EXTENDED_KEY_USAGE, AlertDescription.unsupported_certificate);
  }

  /** For a verdict that is bad. */
  static CertificateAlert of(PathVerdict verdict) {
    for (Map.Entry<Kind, Short> alert : ALERTS.entrySet()) {
      for (PathCheck check : verdict.checks()) {
        if (!check.ok() && check.kind() == alert.getKey()) {
          return new CertificateAlert(alert.getValue(), check);
        }
      }
    }
    return new CertificateAlert(
        AlertDescription.certificate_unknown, verdict.firstFailure().orElseThrow());
  }

  String name() {
    return AlertDescription.getName(description);
  }

  /** The certificates of a message. */
  static List<Bytes> der(Certificate shown) throws IOException {
    List<Bytes> der = new ArrayList<>();
    for (TlsCertificate certificate : shown.getCertificateList()) {
      der.add(Bytes.wrap(certificate.getEncoded()));
    }
    return der;
  }
}
