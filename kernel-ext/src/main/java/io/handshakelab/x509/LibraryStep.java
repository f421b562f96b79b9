package io.handshakelab.x509;

/** What a library says, as a step of a walk. */
final class LibraryStep {
  private LibraryStep() {}

  /** Beside steps that have decided already: both must agree, and where they do not, it says so. */
  static void beside(ParsedCertificate subject, ParsedCertificate issuer, StepList steps) {
    boolean ours = !steps.failed();
    LibraryVerdict verdict = LibraryVerdict.of(subject, issuer);
    String value = (verdict.ok() ? "True" : "False") + ": " + verdict.by() + reason(verdict);
    if (ours != verdict.ok()) {
      value += "\nThis is not what the steps above say: they come to " + (ours ? "True" : "False");
    }
    steps.decide("library", SignatureScript.LIBRARY, "RFC 5280 §6.1.3 (a)(1)", value, verdict.ok());
  }

  /** Where the library alone decides. */
  static void only(ParsedCertificate subject, ParsedCertificate issuer, StepList steps) {
    LibraryVerdict verdict = LibraryVerdict.of(subject, issuer);
    String value =
        (verdict.ok() ? "True" : "False")
            + ": signatures of the kind "
            + subject.signatureAlgorithm()
            + " are not calculated here, this is the verdict of "
            + verdict.by()
            + reason(verdict);
    steps.decide("equal", SignatureScript.LIBRARY, "RFC 5280 §6.1.3 (a)(1)", value, verdict.ok());
  }

  private static String reason(LibraryVerdict verdict) {
    return verdict.reason().isEmpty() ? "" : ": " + verdict.reason();
  }
}
