package io.handshakelab.x509;

import org.jspecify.annotations.Nullable;

/**
 * One step of a signature checked by hand.
 *
 * @param number from 1
 * @param name short, for {@code --step}. All walks begin with {@code issuer}; RSA PKCS#1 v1.5 goes
 *     on with {@code key}, {@code subject}, {@code signature}, {@code power}, {@code hex}, {@code
 *     split}, {@code tbs}, {@code hash}, {@code equal}
 * @param python the line of the script that it mirrors
 * @param value what comes out, in full; not escaped for display
 * @param ok false where this step fails; null where it decides nothing
 * @param rfc where the step is written, such as {@code RFC 8017 §5.2.2}; empty if nowhere
 */
public record SignatureStep(
    int number, String name, String python, String value, @Nullable Boolean ok, String rfc) {

  /** A step that is written nowhere. */
  public SignatureStep(int number, String name, String python, String value, @Nullable Boolean ok) {
    this(number, name, python, value, ok, "");
  }

  /** The line of Python with the place where the step is written behind it, as a comment. */
  public String annotated() {
    return rfc.isEmpty() ? python : python + "  # " + rfc;
  }
}
