package io.handshakelab.lab.ca;

import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** What the owner of a certificate is called. */
final class CommonName {
  private CommonName() {}

  /** The common name as it stands, or all of the name if it has none. */
  static String of(X509Certificate certificate) {
    X500Name name = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    RDN[] found = name.getRDNs(BCStyle.CN);
    if (found.length > 0
        && found[found.length - 1].getFirst().getValue() instanceof ASN1String text) {
      return text.getString();
    }
    return name.toString();
  }
}
