package io.handshakelab.x509;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/**
 * Signatures of algorithms that are not opened here: the walk shows what goes in, and leaves the
 * verdict to the library.
 */
final class LibraryOnly implements SignatureFamily {
  @Override
  public boolean opens(ASN1ObjectIdentifier algorithm) {
    return true;
  }

  @Override
  public void walk(Signed signed, StepList steps) {
    steps.add("key", "issuer.public_key()", "RFC 5280 §4.1.2.7", AlgorithmText.key(signed.key()));
    steps.add("subject", SignatureScript.SUBJECT, "RFC 5280 §4.1", signed.subject());
    String signature = signed.signature().hex();
    steps.add("signature", "subject.signature.hex()", "RFC 5280 §4.1.1.3", signature);
    steps.add("tbs", SignatureScript.TBS, "RFC 5280 §4.1.1.3", signed.message().hex());
  }
}
