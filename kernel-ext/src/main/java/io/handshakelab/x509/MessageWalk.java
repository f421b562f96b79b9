package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The signature of a message that is no certificate, made with the key of one: the steps that come
 * to what was signed, and then those that open it.
 */
public final class MessageWalk {
  private static final String SIGNER = SignatureScript.ISSUER.replace("issuer", "signer");

  /**
   * In place of a scheme: what goes with the key before TLS 1.2, namely RSA over MD5 and SHA-1 one
   * after the other, DSA and ECDSA over SHA-1 (RFC 2246 §4.7, RFC 8422 §5.4).
   */
  public static final int BY_KEY = SchemeAlgorithm.BY_KEY;

  private MessageWalk() {}

  /**
   * The walk over one message.
   *
   * @param link the number under which the walk is shown
   * @param before the steps that come to what was signed; in Python its octets are named as in
   *     {@link SignedMessage}
   * @param signer the certificate of whoever has signed it, in DER
   * @param scheme a signature scheme of TLS, or {@link #BY_KEY}
   * @param message what was signed
   */
  public static SignatureWalk of(
      int link,
      List<SignatureStep> before,
      Bytes signer,
      int scheme,
      Bytes message,
      Bytes signature) {
    List<SignatureStep> steps = new ArrayList<>(before);
    try {
      ParsedCertificate certificate = ParsedCertificate.parse(signer);
      Bytes key = Bytes.wrap(certificate.publicKey().getEncoded());
      String name = certificate.subject();
      for (SignatureStep step :
          SignedMessage.walk(message, signature, scheme, key, name, "").steps()) {
        // What is signed here has been told already.
        if (!step.name().equals("subject") && !step.name().equals("tbs")) {
          String shown = step.name().equals("issuer") ? "signer" : step.name();
          String python = step.python().replace("issuer", "signer");
          add(steps, shown, python, step.rfc(), step.value(), step.ok());
        }
      }
    } catch (Malformed | IOException e) {
      add(steps, "signer", SIGNER, "RFC 5280 §4.1", e.toString(), false);
    }
    return new SignatureWalk(Integer.toString(link), steps);
  }

  private static void add(
      List<SignatureStep> steps,
      String name,
      String python,
      String rfc,
      String value,
      @Nullable Boolean ok) {
    steps.add(new SignatureStep(steps.size() + 1, name, python, value, ok, rfc));
  }
}
