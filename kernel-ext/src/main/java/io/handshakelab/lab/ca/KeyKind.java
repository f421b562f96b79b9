package io.handshakelab.lab.ca;

import io.handshakelab.problem.Problem;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The kinds of keys that can be certified. */
public enum KeyKind {
  RSA2048("RSA", 2048, ""),
  RSA3072("RSA", 3072, ""),
  RSA4096("RSA", 4096, ""),
  EC256("EC", 0, "secp256r1"),
  EC384("EC", 0, "secp384r1"),
  EC521("EC", 0, "secp521r1"),
  ED25519("Ed25519", 0, "");

  private final String algorithm;
  private final int bits;
  private final String curve;

  KeyKind(String algorithm, int bits, String curve) {
    this.algorithm = algorithm;
    this.bits = bits;
    this.curve = curve;
  }

  /**
   * The kind of that name, in either case of letters.
   *
   * @throws Problem if there is none
   */
  public static KeyKind of(String name) {
    String wanted = name.replaceAll("[-_ ]", "").toUpperCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(kind -> kind.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () -> new Problem("there is no kind of key called " + name, "take " + names()));
  }

  /** All of them, for a person to choose from. */
  public static String names() {
    return Arrays.stream(values())
        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (bits > 0) {
        generator.initialize(new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4));
      } else if (!curve.isEmpty()) {
        generator.initialize(new ECGenParameterSpec(curve));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java since 15 has " + name(), e);
    }
  }

  /** What a key of that kind signs with, as Java names it. */
  static String signature(PrivateKey key) {
    if (key instanceof ECPrivateKey ec) {
      int bits = ec.getParams().getOrder().bitLength();
      return bits <= 256 ? "SHA256withECDSA" : bits <= 384 ? "SHA384withECDSA" : "SHA512withECDSA";
    }
    return key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "Ed25519";
  }
}
