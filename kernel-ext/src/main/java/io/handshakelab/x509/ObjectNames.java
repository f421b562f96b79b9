package io.handshakelab.x509;

import static java.util.Map.entry;

import java.util.Map;

/** What the numbers of purposes, policies and the like mean. */
final class ObjectNames {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          entry("2.5.29.37.0", "any purpose"),
          entry("1.3.6.1.5.5.7.3.1", "TLS server"),
          entry("1.3.6.1.5.5.7.3.2", "TLS client"),
          entry("1.3.6.1.5.5.7.3.3", "signing of programs"),
          entry("1.3.6.1.5.5.7.3.4", "protection of mail"),
          entry("1.3.6.1.5.5.7.3.5", "IPsec end system"),
          entry("1.3.6.1.5.5.7.3.6", "IPsec tunnel"),
          entry("1.3.6.1.5.5.7.3.7", "IPsec user"),
          entry("1.3.6.1.5.5.7.3.8", "timestamps"),
          entry("1.3.6.1.5.5.7.3.9", "OCSP answers"),
          entry("1.3.6.1.5.5.7.3.17", "IKE for IPsec"),
          entry("1.3.6.1.4.1.311.10.3.4", "Microsoft encrypted files"),
          entry("1.3.6.1.4.1.311.20.2.2", "Microsoft smart card logon"),
          entry("1.3.6.1.4.1.11129.2.4.4", "signing of precertificates"),
          entry("2.16.840.1.113730.4.1", "Netscape step-up"),
          entry("2.5.29.32.0", "any policy"),
          entry("2.23.140.1.1", "extended validation"),
          entry("2.23.140.1.2.1", "domain validated"),
          entry("2.23.140.1.2.2", "organisation validated"),
          entry("2.23.140.1.2.3", "individual validated"),
          entry("1.3.6.1.5.5.7.2.1", "practice statement"),
          entry("1.3.6.1.5.5.7.2.2", "notice to users"),
          entry("1.3.6.1.5.5.7.48.1", "OCSP responder"),
          entry("1.3.6.1.5.5.7.48.2", "certificate of the issuer"),
          entry("1.3.6.1.5.5.7.48.3", "timestamps"),
          entry("1.3.6.1.5.5.7.48.5", "repository of certificates"),
          entry("0.4.0.1862.1.1", "qualified certificate (EU)"),
          entry("0.4.0.1862.1.4", "key in a secure device"),
          entry("0.4.0.1862.1.5", "disclosure statements"),
          entry("0.4.0.1862.1.6", "kind of qualified certificate"));

  private ObjectNames() {}

  /** Such as {@code TLS server (1.3.6.1.5.5.7.3.1)}; the number alone if it is not known. */
  static String of(String number) {
    String name = NAMES.get(number);
    return name == null ? number : name + " (" + number + ")";
  }
}
