package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.GeneralName;

/** Where a certificate says that its issuer's can be had (RFC 5280 §4.2.2.1). */
public final class IssuerLocations {
  private static final int MAX = 4;

  private IssuerLocations() {}

  /** Addresses of HTTP; empty where there is none or they cannot be read. Not escaped. */
  public static List<String> of(Bytes der) {
    List<String> found = new ArrayList<>();
    try {
      AuthorityInformationAccess access =
          CertificateExtensions.read(der, AuthorityInformationAccess::fromExtensions);
      if (access == null) {
        return found;
      }
      for (AccessDescription one : access.getAccessDescriptions()) {
        GeneralName place = one.getAccessLocation();
        if (found.size() < MAX
            && one.getAccessMethod().equals(AccessDescription.id_ad_caIssuers)
            && place.getTagNo() == GeneralName.uniformResourceIdentifier
            && place.getName() instanceof ASN1IA5String text
            && text.getString().toLowerCase(Locale.ROOT).startsWith("http://")) {
          found.add(text.getString());
        }
      }
      return found;
    } catch (CertificateExtensions.Unreadable e) {
      return found;
    }
  }
}
