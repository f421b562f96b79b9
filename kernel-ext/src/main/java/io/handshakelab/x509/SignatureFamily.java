package io.handshakelab.x509;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/** How signatures of one family of algorithms are opened: one class for each family. */
interface SignatureFamily {
  /** Whether this family opens signatures of that algorithm. */
  boolean opens(ASN1ObjectIdentifier algorithm);

  /**
   * Adds all steps of the walk, from loading the issuer to {@code equal}.
   *
   * @throws UnusableKey if the issuer's key cannot open it; the steps so far stand
   */
  void walk(Signed signed, StepList steps) throws UnusableKey;
}
