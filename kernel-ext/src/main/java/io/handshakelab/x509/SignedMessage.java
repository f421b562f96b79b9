package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.ContentVerifier;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/**
 * The same walks over a message that is no certificate, such as what a CertificateVerify signs. In
 * the lines of Python {@code message} and {@code signed} take the places of the certificate's
 * parts; they are read from {@code message.bin} and {@code signed.bin}.
 */
public final class SignedMessage {
  private static final String READ =
      "message, signed = open(\"message.bin\", \"rb\").read(), open(\"signed.bin\", \"rb\").read()";

  private SignedMessage() {}

  /**
   * The walk, with a library's verdict beside it.
   *
   * @param message what was signed, whole
   * @param scheme the number of TLS for the algorithm (RFC 8446 §4.2.3), or {@link
   *     MessageWalk#BY_KEY}
   * @param publicKey SubjectPublicKeyInfo of the signer in DER (RFC 5280 §4.1)
   * @param signer whose key it is; not escaped for display
   * @param what what the message is, in words
   */
  public static SignatureWalk walk(
      Bytes message, Bytes signature, int scheme, Bytes publicKey, String signer, String what) {
    if (scheme != SchemeAlgorithm.BY_KEY && SchemeAlgorithm.of(scheme) == null) {
      return refused(String.format("the scheme 0x%04x is not known", scheme));
    }
    SubjectPublicKeyInfo key;
    try {
      key = SubjectPublicKeyInfo.getInstance(publicKey.toArray());
    } catch (RuntimeException e) {
      return refused("the key is malformed: " + ParsedCertificate.oneLine(e));
    }
    AlgorithmIdentifier algorithm = SchemeAlgorithm.of(scheme, key);
    if (algorithm == null) {
      return refused("before TLS 1.2 nobody signs with a key of this kind");
    }
    Signed signed = new Signed(signer, what, key, algorithm, message, signature);
    SignatureWalk walk = SignatureWalk.of(signed, SignatureMethod.BOTH);
    List<SignatureStep> steps = new ArrayList<>();
    for (SignatureStep step : walk.steps()) {
      steps.add(
          new SignatureStep(
              step.number(),
              step.name(),
              python(step.python()),
              step.value(),
              step.ok(),
              step.rfc()));
    }
    steps.add(library(signed, steps.size() + 1, walk.valid()));
    return new SignatureWalk(walk.link(), steps);
  }

  private static SignatureWalk refused(String why) {
    StepList steps = new StepList();
    steps.decide("equal", READ, "RFC 8446 §4.2.3", "False: " + why, false);
    return new SignatureWalk("0", steps.steps());
  }

  private static String python(String line) {
    return line.equals(SignatureScript.SUBJECT)
        ? READ
        : line.replace(SignatureScript.TBS, "message").replace("subject.signature", "signed");
  }

  private static SignatureStep library(Signed signed, int number, boolean ours) {
    boolean decided = !AlgorithmText.signature(signed.algorithm().getAlgorithm()).startsWith("ML-");
    String value;
    boolean ok = false;
    String unusable = KeyLimits.unusable(signed.key());
    if (unusable != null) {
      value = "False: it was not asked: " + unusable;
    } else {
      try {
        boolean old = signed.algorithm().getAlgorithm().equals(RsaMd5Sha1.ALGORITHM);
        ok = old ? RsaMd5Sha1.libraryOpens(signed) : bouncy(signed);
        value = (ok ? "True" : "False") + ": Bouncy Castle";
      } catch (OperatorCreationException
          | GeneralSecurityException
          | IOException
          | RuntimeException e) {
        value = "False: Bouncy Castle: " + ParsedCertificate.oneLine(e);
      }
    }
    if (decided && ours != ok) {
      value += "\nThis is not what the steps above say: they come to " + (ours ? "True" : "False");
    }
    String line = "# the verdict of Java's Bouncy Castle";
    return new SignatureStep(number, decided ? "library" : "equal", line, value, ok, "");
  }

  private static boolean bouncy(Signed signed) throws OperatorCreationException, IOException {
    ContentVerifier verifier =
        new JcaContentVerifierProviderBuilder()
            .setProvider(LibraryVerdict.bouncyCastle())
            .build(signed.key())
            .get(signed.algorithm());
    try (OutputStream out = verifier.getOutputStream()) {
      out.write(signed.message().toArray());
    }
    try {
      return verifier.verify(signed.signature().toArray());
    } catch (RuntimeOperatorException e) {
      return false; // a signature of another form than the algorithm's
    }
  }
}
