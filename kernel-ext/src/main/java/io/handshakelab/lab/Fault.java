package io.handshakelab.lab;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What can be wrong with the certificates that the lab's HTTPS server shows, one at a time. */
public enum Fault {
  EXPIRED(
      "the server's certificate ended yesterday",
      "certificate_expired",
      "Chrome: NET::ERR_CERT_DATE_INVALID; Firefox: SEC_ERROR_EXPIRED_CERTIFICATE",
      "RFC 5280 §4.1.2.5"),
  NOT_YET_VALID(
      "the server's certificate begins tomorrow",
      "certificate_expired",
      "Chrome: NET::ERR_CERT_DATE_INVALID; Firefox: MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE",
      "RFC 5280 §4.1.2.5"),
  WRONG_HOST(
      "the certificate is for www.other.test",
      "certificate_unknown",
      "Chrome: NET::ERR_CERT_COMMON_NAME_INVALID; Firefox: SSL_ERROR_BAD_CERT_DOMAIN",
      "RFC 9525 §6"),
  SELF_SIGNED(
      "the server has signed its certificate itself: nobody vouches for it",
      "unknown_ca",
      "Chrome: NET::ERR_CERT_AUTHORITY_INVALID; Firefox: MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT",
      "RFC 5280 §6.1.1 (d)"),
  UNTRUSTED_ROOT(
      "the chain is in order, but ends at a root that nobody trusts",
      "unknown_ca",
      "Chrome: NET::ERR_CERT_AUTHORITY_INVALID; Firefox: SEC_ERROR_UNKNOWN_ISSUER",
      "RFC 5280 §6.1.1 (d)"),
  MISSING_INTERMEDIATE(
      "the server sends its own certificate and forgets the intermediate's",
      "unknown_ca",
      "Firefox: SEC_ERROR_UNKNOWN_ISSUER; Chrome fetches it from where the certificate says",
      "RFC 8446 §4.4.2, RFC 5246 §7.4.2"),
  WRONG_ORDER(
      "the server sends root and intermediate the wrong way round",
      "",
      "nothing: browsers sort what they get",
      "RFC 8446 §4.4.2, RFC 5246 §7.4.2"),
  EXTRA_CERTIFICATE(
      "the server sends a certificate that does not belong to the chain",
      "",
      "nothing: browsers leave it aside",
      "RFC 8446 §4.4.2, RFC 5246 §7.4.2"),
  WEAK_SHA1(
      "the certificate is signed over a SHA-1 checksum",
      "bad_certificate",
      "Chrome: NET::ERR_CERT_WEAK_SIGNATURE_ALGORITHM; Firefox:"
          + " SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED",
      "RFC 8446 §4.4.2.4"),
  WEAK_RSA_1024(
      "the server's RSA key has 1024 bits",
      "bad_certificate",
      "Chrome: NET::ERR_CERT_WEAK_KEY; Firefox: MOZILLA_PKIX_ERROR_INADEQUATE_KEY_SIZE",
      "RFC 9325 §4.5"),
  CA_AS_LEAF(
      "the server shows a certification authority's certificate as its own",
      "unsupported_certificate",
      "Chrome: ERR_SSL_KEY_USAGE_INCOMPATIBLE; Firefox:"
          + " MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY",
      "RFC 5280 §4.2.1.3, RFC 8446 §4.4.2.2"),
  LEAF_AS_CA(
      "an ordinary server's key has signed the certificate",
      "certificate_unknown",
      "Chrome: NET::ERR_CERT_INVALID; Firefox: SEC_ERROR_CA_CERT_INVALID",
      "RFC 5280 §4.2.1.9"),
  PATH_TOO_LONG(
      "below an intermediate that may have no authority below it, there is one",
      "certificate_unknown",
      "Chrome: NET::ERR_CERT_INVALID; Firefox: SEC_ERROR_PATH_LEN_CONSTRAINT_INVALID",
      "RFC 5280 §4.2.1.9"),
  NAME_CONSTRAINT(
      "the intermediate may sign for names in other.test only, and signed for www.lab.test",
      "certificate_unknown",
      "Chrome: NET::ERR_CERT_INVALID; Firefox: SEC_ERROR_CERT_NOT_IN_NAME_SPACE",
      "RFC 5280 §4.2.1.10"),
  NO_SAN(
      "the host's name is in the common name only, where nobody looks any more",
      "certificate_unknown",
      "Chrome: NET::ERR_CERT_COMMON_NAME_INVALID; Firefox: SSL_ERROR_BAD_CERT_DOMAIN",
      "RFC 9525 §2, §6.3"),
  REVOKED_OCSP(
      "the certificate was revoked, and the OCSP response that the server staples says so",
      "certificate_revoked",
      "Chrome: NET::ERR_CERT_REVOKED; Firefox: SEC_ERROR_REVOKED_CERTIFICATE",
      "RFC 6960 §2.2, RFC 6066 §8"),
  REVOKED_CRL(
      "the certificate was revoked, and stands in its issuer's list of revoked ones",
      "certificate_revoked",
      "browsers rarely fetch such lists; where their makers pass it on to them, Chrome:"
          + " NET::ERR_CERT_REVOKED; Firefox: SEC_ERROR_REVOKED_CERTIFICATE",
      "RFC 5280 §5, §6.3"),
  BAD_SIGNATURE(
      "one bit of the signature was turned over",
      "bad_certificate",
      "Chrome: NET::ERR_CERT_AUTHORITY_INVALID; Firefox: SEC_ERROR_BAD_SIGNATURE",
      "RFC 5280 §6.1.3 (a)(1)"),
  NULL_IN_NAME(
      "the name goes on behind a zero byte: www.lab.test\\0.other.test",
      "certificate_unknown",
      "Chrome: NET::ERR_CERT_COMMON_NAME_INVALID; Firefox: SSL_ERROR_BAD_CERT_DOMAIN",
      "RFC 5280 §4.2.1.6, RFC 9525 §6.3"),
  TOO_MANY_CERTIFICATES(
      "the server sends twenty certificates that nobody needs",
      "",
      "nothing, up to a limit that each browser has for itself",
      "RFC 8446 §4.4.2, RFC 5246 §7.4.2");

  private final String wrong;
  private final String alert;
  private final String browser;
  private final String rfc;

  Fault(String wrong, String alert, String browser, String rfc) {
    this.wrong = wrong;
    this.alert = alert;
    this.browser = browser;
    this.rfc = rfc;
  }

  /** As a person writes it: {@code not-yet-valid}. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** What is wrong, in one sentence. */
  public String wrong() {
    return wrong;
  }

  /** The alert with which a client refuses it (RFC 8446 §6.2); empty where it is tolerated. */
  public String alert() {
    return alert;
  }

  /** What a person sees in a browser. */
  public String browser() {
    return browser;
  }

  /** The section that is not kept to. */
  public String rfc() {
    return rfc;
  }

  /** The fault of that name. */
  public static Optional<Fault> of(String label) {
    return Arrays.stream(values()).filter(fault -> fault.label().equals(label)).findFirst();
  }

  /** All names. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(Fault::label).toList();
  }
}
