package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A message and its signature, with the key that should open it.
 *
 * @param issuer whose key it is; not escaped for display
 * @param subject whom the message is about; not escaped for display
 */
record Signed(
    String issuer,
    String subject,
    SubjectPublicKeyInfo key,
    AlgorithmIdentifier algorithm,
    Bytes message,
    Bytes signature) {

  static Signed of(ParsedCertificate subject, ParsedCertificate issuer) {
    return new Signed(
        issuer.subject(),
        subject.subject(),
        issuer.publicKey(),
        subject.algorithm(),
        subject.der().tbs(),
        subject.der().signature());
  }
}
