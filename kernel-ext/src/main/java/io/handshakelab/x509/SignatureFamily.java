package io.handshakelab.x509;

/** How signatures of one family of algorithms are opened: one class for each family. */
interface SignatureFamily {
  /** Whether this family opens the signature of that certificate. */
  boolean opens(ParsedCertificate subject);

  /** Adds all steps of the walk, from loading the issuer to {@code equal}. */
  void walk(ParsedCertificate subject, ParsedCertificate issuer, StepList steps);
}
