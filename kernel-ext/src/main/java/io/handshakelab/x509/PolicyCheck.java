package io.handshakelab.x509;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.PolicyInformation;

/**
 * Under which policy a certificate was issued (RFC 5280 §4.2.1.4), in words. It restricts nothing:
 * where an authority demands a policy, the validator of the whole path has the word.
 */
final class PolicyCheck {
  private static final int MAX_SHOWN = 5;

  /** CA/Browser Forum, Baseline Requirements §7.1.6.1 and EV Guidelines §9.3.2. */
  private static final Map<String, String> KNOWN =
      Map.of(
          "2.23.140.1.2.1",
          "domain validated: somebody had control of the name",
          "2.23.140.1.2.2",
          "organisation validated",
          "2.23.140.1.2.3",
          "individual validated",
          "2.23.140.1.1",
          "extended validation",
          "2.5.29.32.0",
          "any policy");

  private PolicyCheck() {}

  static PathCheck of(ChainEntry entry) {
    String reason;
    boolean ok = true;
    try {
      CertificatePolicies policies =
          CertificateExtensions.read(entry.der(), CertificatePolicies::fromExtensions);
      reason = policies == null ? "it names no policy" : words(policies);
    } catch (CertificateExtensions.Unreadable e) {
      ok = false;
      reason = "its policies cannot be read: " + e.getMessage();
    }
    return new PathCheck(
        PathCheck.Kind.POLICY, entry.subject(), ok, reason, "RFC 5280 §4.2.1.4, §6.1.3 (d)");
  }

  private static String words(CertificatePolicies policies) {
    List<String> shown = new ArrayList<>();
    PolicyInformation[] all = policies.getPolicyInformation();
    for (PolicyInformation one : all) {
      if (shown.size() < MAX_SHOWN) {
        String oid = one.getPolicyIdentifier().getId();
        shown.add(KNOWN.containsKey(oid) ? KNOWN.get(oid) + " (" + oid + ")" : oid);
      }
    }
    int more = all.length - shown.size();
    return String.join(", ", shown) + (more > 0 ? " and " + more + " more" : "");
  }
}
