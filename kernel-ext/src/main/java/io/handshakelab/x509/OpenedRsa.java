package io.handshakelab.x509;

import java.math.BigInteger;

/**
 * A signature of RSA with padding of RFC 8017 §9.2, opened with the signer's key.
 *
 * @param number what comes out, in hexadecimal, as Python writes it
 */
record OpenedRsa(RsaKey key, String number) {
  private static final String POWER = "pow(signature, e, n)";
  private static final String HEX = "opened = hex(" + POWER + ")";
  private static final String LENGTH =
      "k = (n.bit_length() + 7) // 8; print(len(subject.signature) == k and signature < n)";

  /** The steps that begin every reading: key, subject, signature, power, hex. */
  static OpenedRsa of(Signed signed, StepList steps) throws UnusableKey {
    RsaKey key = RsaKey.of(signed.key());
    steps.add("key", SignatureScript.RSA_KEY, "RFC 8017 §3.1", key.text());
    steps.add("subject", SignatureScript.SUBJECT, "RFC 5280 §4.1", signed.subject());
    BigInteger signature = signed.signature().unsigned();
    steps.add("signature", SignatureScript.NUMBER, "RFC 8017 §4.2", signature.toString());
    BigInteger power = signature.modPow(key.e(), key.n());
    steps.add("power", POWER, "RFC 8017 §5.2.2", power.toString());
    String number = "0x" + power.toString(16);
    steps.add("hex", HEX, "RFC 8017 §4.1", number);
    return new OpenedRsa(key, number);
  }

  /** Whether the signature is as long as the modulus, and smaller. */
  void length(Signed signed, StepList steps) {
    boolean fits =
        signed.signature().length() == key.octets()
            && signed.signature().unsigned().compareTo(key.n()) < 0;
    steps.decide("length", LENGTH, "RFC 8017 §8.2.2, step 1; §5.2.2", fits);
  }
}
