package io.handshakelab.lab.ca;

import io.handshakelab.problem.Problem;
import java.security.cert.CRLReason;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Why a certificate is withdrawn (RFC 5280 §5.3.1), by the names that the RFC gives. */
public enum Reason {
  UNSPECIFIED("unspecified", 0),
  KEY_COMPROMISE("keyCompromise", 1),
  CA_COMPROMISE("cACompromise", 2),
  AFFILIATION_CHANGED("affiliationChanged", 3),
  SUPERSEDED("superseded", 4),
  CESSATION_OF_OPERATION("cessationOfOperation", 5),
  CERTIFICATE_HOLD("certificateHold", 6),
  PRIVILEGE_WITHDRAWN("privilegeWithdrawn", 9),
  AA_COMPROMISE("aACompromise", 10);

  private final String word;
  private final int code;

  Reason(String word, int code) {
    this.word = word;
    this.code = code;
  }

  public String word() {
    return word;
  }

  /** As lists and responses have it. */
  public int code() {
    return code;
  }

  /**
   * The reason of that name, in either case of letters.
   *
   * @throws Problem if there is none
   */
  public static Reason of(String name) {
    String wanted = name.replaceAll("[-_ ]", "");
    return Arrays.stream(values())
        .filter(reason -> reason.word.equalsIgnoreCase(wanted))
        .findFirst()
        .orElseThrow(
            () -> new Problem("there is no reason called " + name, "take one of " + names()));
  }

  public static String names() {
    return Arrays.stream(values()).map(Reason::word).collect(Collectors.joining(", "));
  }

  /** What a list of revoked certificates says, in words that this enum has. */
  static Reason of(CRLReason reason) {
    // The constants of the JDK stand in the order of their codes.
    int code = Arrays.asList(CRLReason.values()).indexOf(reason);
    return Arrays.stream(values()).filter(r -> r.code == code).findFirst().orElse(UNSPECIFIED);
  }
}
