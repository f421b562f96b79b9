package io.handshakelab.x509;

import io.handshakelab.x509.ExtensionWords.Kind;
import io.handshakelab.x509.ExtensionWords.Reader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The extensions that are known, each with the sentence that says what it is for. */
final class ExtensionKinds {
  static final Map<String, Kind> BY_NUMBER = new HashMap<>();

  static {
    add(
        "2.5.29.9",
        "subjectDirectoryAttributes",
        "More about the owner.",
        "RFC 5280 §4.2.1.8",
        ExtensionReaders::hexadecimal);
    add(
        "2.5.29.14",
        "subjectKeyIdentifier",
        "A short name for the owner's key, so that it is found among several.",
        "RFC 5280 §4.2.1.2",
        ExtensionReaders::keyIdentifier);
    add(
        "2.5.29.15",
        "keyUsage",
        "What the key may be used for.",
        "RFC 5280 §4.2.1.3",
        ExtensionReaders::keyUsage);
    add(
        "2.5.29.16",
        "privateKeyUsagePeriod",
        "When the private key may sign.",
        "RFC 3280 §4.2.1.4",
        ExtensionReaders::usagePeriod);
    add(
        "2.5.29.17",
        "subjectAltName",
        "For which names the certificate holds: a browser looks here and nowhere else.",
        "RFC 5280 §4.2.1.6",
        ExtensionReaders::names);
    add(
        "2.5.29.18",
        "issuerAltName",
        "Other names of the issuer.",
        "RFC 5280 §4.2.1.7",
        ExtensionReaders::names);
    add(
        "2.5.29.19",
        "basicConstraints",
        "Whether the owner may sign certificates, and how many authorities may follow below.",
        "RFC 5280 §4.2.1.9",
        ExtensionReaders::basicConstraints);
    add(
        "2.5.29.30",
        "nameConstraints",
        "For which names this authority, and those below it, may sign.",
        "RFC 5280 §4.2.1.10",
        MoreExtensionReaders::nameConstraints);
    add(
        "2.5.29.31",
        "cRLDistributionPoints",
        "Where the issuer's list of revoked certificates is.",
        "RFC 5280 §4.2.1.13",
        MoreExtensionReaders::distributionPoints);
    add(
        "2.5.29.32",
        "certificatePolicies",
        "By which rules it was issued.",
        "RFC 5280 §4.2.1.4",
        MoreExtensionReaders::policies);
    add(
        "2.5.29.33",
        "policyMappings",
        "Which rules of others count as one's own.",
        "RFC 5280 §4.2.1.5",
        MoreExtensionReaders::policyMappings);
    add(
        "2.5.29.35",
        "authorityKeyIdentifier",
        "Which of the issuer's keys has signed it.",
        "RFC 5280 §4.2.1.1",
        ExtensionReaders::authorityKey);
    add(
        "2.5.29.36",
        "policyConstraints",
        "From where on rules must be named.",
        "RFC 5280 §4.2.1.11",
        MoreExtensionReaders::policyConstraints);
    add(
        "2.5.29.37",
        "extKeyUsage",
        "For which purposes the key may be used.",
        "RFC 5280 §4.2.1.12",
        ExtensionReaders::purposes);
    add(
        "2.5.29.46",
        "freshestCRL",
        "Where the changes since the last list of revoked certificates are.",
        "RFC 5280 §4.2.1.15",
        MoreExtensionReaders::distributionPoints);
    add(
        "2.5.29.54",
        "inhibitAnyPolicy",
        "From where on \"any policy\" does not count.",
        "RFC 5280 §4.2.1.14",
        ExtensionReaders::number);
    add(
        "1.3.6.1.5.5.7.1.1",
        "authorityInfoAccess",
        "Where to ask whether it is revoked, and where the issuer's certificate is.",
        "RFC 5280 §4.2.2.1",
        MoreExtensionReaders::access);
    add(
        "1.3.6.1.5.5.7.1.3",
        "qcStatements",
        "What makes it a qualified certificate.",
        "RFC 3739 §3.2.6",
        MoreExtensionReaders::statements);
    add(
        "1.3.6.1.5.5.7.1.11",
        "subjectInfoAccess",
        "Where the owner publishes.",
        "RFC 5280 §4.2.2.2",
        MoreExtensionReaders::access);
    add(
        "1.3.6.1.5.5.7.1.24",
        "tlsfeature",
        "What the server must do: status_request means, always staple an OCSP answer.",
        "RFC 7633",
        MoreExtensionReaders::features);
    add(
        "1.3.6.1.5.5.7.48.1.5",
        "ocsp-nocheck",
        "Whoever signs OCSP answers with it need not be asked after.",
        "RFC 6960 §4.2.2.2.1",
        value -> List.of("nothing: it is enough that it is there"));
    add(
        "1.3.6.1.4.1.11129.2.4.2",
        "signedCertificateTimestamps",
        "Public logs promise that they have written it down.",
        "RFC 6962 §3.3",
        MoreExtensionReaders::timestamps);
    add(
        "1.3.6.1.4.1.11129.2.4.3",
        "precertificatePoison",
        "It was made for a log only, and must not be believed.",
        "RFC 6962 §3.1",
        value -> List.of("nothing: it is enough that it is there"));
    add(
        "2.16.840.1.113730.1.1",
        "netscapeCertType",
        "What the key may be used for, from before keyUsage.",
        "Netscape 1997",
        MoreExtensionReaders::netscapeType);
    add(
        "2.16.840.1.113730.1.13",
        "netscapeComment",
        "A remark for people.",
        "Netscape 1997",
        ExtensionReaders::string);
    add(
        "1.3.6.1.4.1.311.20.2",
        "microsoftTemplateName",
        "From which form it was made.",
        "MS-WCCE §2.2.2.7.7.1",
        ExtensionReaders::string);
    add(
        "1.3.6.1.4.1.311.21.1",
        "microsoftCaVersion",
        "How often the authority has been renewed.",
        "MS-WCCE §2.2.2.7.7.5",
        ExtensionReaders::number);
  }

  private ExtensionKinds() {}

  private static void add(String number, String name, String purpose, String rfc, Reader reader) {
    BY_NUMBER.put(number, new Kind(name, purpose, rfc, reader));
  }
}
