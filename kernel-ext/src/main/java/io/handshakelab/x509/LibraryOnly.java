package io.handshakelab.x509;

/**
 * Signatures that are not opened here (ECDSA, RSASSA-PSS, EdDSA, …): the walk shows what goes in,
 * and says plainly that a library has the verdict.
 */
final class LibraryOnly implements SignatureFamily {
  @Override
  public boolean opens(ParsedCertificate subject) {
    return true;
  }

  @Override
  public void walk(ParsedCertificate subject, ParsedCertificate issuer, StepList steps) {
    steps.add("issuer", SignatureScript.ISSUER, issuer.subject());
    steps.add("key", "issuer.public_key()", AlgorithmText.key(issuer.publicKey()));
    steps.add("subject", SignatureScript.SUBJECT, subject.subject());
    steps.add("signature", "subject.signature.hex()", subject.der().signature().hex());
    steps.add("tbs", SignatureScript.TBS, subject.der().tbs().hex());
    LibraryVerdict verdict = LibraryVerdict.of(subject.bytes(), issuer.bytes());
    String value =
        "this walk opens RSA PKCS#1 v1.5 signatures; this link is "
            + subject.signatureAlgorithm()
            + ", checked by "
            + verdict.by()
            + " instead: "
            + verdict.ok()
            + (verdict.reason().isEmpty() ? "" : " (" + verdict.reason() + ")");
    steps.decide(
        "equal", "print(subject.verify_directly_issued_by(issuer) is None)", value, verdict.ok());
  }
}
