package io.handshakelab.x509;

import io.handshakelab.x509.PathCheck.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a browser would say, in one sentence, with the name of the error in browsers that are made
 * from Chromium. Of several errors it shows one, in a fixed order.
 */
final class BrowserSentence {
  /**
   * One error.
   *
   * @param name as Chromium calls it
   */
  private record Refusal(Kind kind, String name) {}

  /** What comes first is shown. */
  private static final List<Refusal> ORDER =
      List.of(
          new Refusal(Kind.SIGNATURE, "ERR_CERT_INVALID"),
          new Refusal(Kind.BASIC_CONSTRAINTS, "ERR_CERT_INVALID"),
          new Refusal(Kind.KEY_USAGE, "ERR_CERT_INVALID"),
          new Refusal(Kind.EXTENDED_KEY_USAGE, "ERR_CERT_INVALID"),
          new Refusal(Kind.REVOCATION, "ERR_CERT_REVOKED"),
          new Refusal(Kind.TRUSTED_ROOT, "ERR_CERT_AUTHORITY_INVALID"),
          new Refusal(Kind.CHAINING, "ERR_CERT_AUTHORITY_INVALID"),
          new Refusal(Kind.HOST_NAME, "ERR_CERT_COMMON_NAME_INVALID"),
          new Refusal(Kind.TRANSPARENCY, "ERR_CERTIFICATE_TRANSPARENCY_REQUIRED"),
          new Refusal(Kind.NAME_CONSTRAINTS, "ERR_CERT_NAME_CONSTRAINT_VIOLATION"),
          new Refusal(Kind.STRENGTH, "ERR_CERT_WEAK_SIGNATURE_ALGORITHM"),
          new Refusal(Kind.VALIDITY, "ERR_CERT_DATE_INVALID"),
          new Refusal(Kind.POLICY, "ERR_CERT_INVALID"),
          new Refusal(Kind.PATH, "ERR_CERT_INVALID"));

  private BrowserSentence() {}

  static String of(List<PathCheck> checks, @Nullable String host) {
    for (Refusal error : ORDER) {
      for (PathCheck check : checks) {
        if (check.kind() == error.kind && !check.ok()) {
          String name =
              check.kind() == Kind.STRENGTH && check.reason().startsWith("a key of")
                  ? "ERR_CERT_WEAK_KEY"
                  : error.name;
          return "A browser would refuse the page ("
              + name
              + "): "
              + check.subject()
              + ": "
              + check.reason()
              + ".";
        }
      }
    }
    return host == null
        ? "A browser would accept the chain, if the host's name is one of those in it."
        : "A browser would show the page of "
            + host
            + " without a word: every check holds, and the root is one that is trusted"
            + (hasTimestamps(checks)
                ? "."
                : "; for a public root some would also want timestamps of logs.");
  }

  private static boolean hasTimestamps(List<PathCheck> checks) {
    return checks.stream()
        .anyMatch(
            check -> check.kind() == Kind.TRANSPARENCY && !check.reason().startsWith("it brings"));
  }
}
