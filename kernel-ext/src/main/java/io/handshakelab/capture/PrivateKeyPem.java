package io.handshakelab.capture;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.problem.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.jspecify.annotations.Nullable;

/**
 * Private keys between lines like {@code -----BEGIN PRIVATE KEY-----} (RFC 7468 §10), also in the
 * older forms of OpenSSL that have their algorithm in that line.
 */
final class PrivateKeyPem {
  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";
  private static final String KIND = "PRIVATE KEY";

  private PrivateKeyPem() {}

  static boolean recognises(String text) {
    return text.contains(BEGIN) && text.contains(KIND + DASHES);
  }

  /**
   * All private keys of a file; certificates and the like beside them are passed over.
   *
   * @throws Problem if one is encrypted or broken
   */
  static List<ServerKey> read(String text, String name) {
    List<ServerKey> keys = new ArrayList<>();
    for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + BEGIN.length())) {
      int labelEnd = text.indexOf(DASHES, at + BEGIN.length());
      if (labelEnd < 0) {
        break;
      }
      String label = text.substring(at + BEGIN.length(), labelEnd);
      if (label.endsWith(KIND)) {
        int end = text.indexOf("-----END " + label + DASHES, labelEnd);
        if (end < 0) {
          throw broken(name, "its last line is missing", null);
        }
        keys.add(key(label, text.substring(labelEnd + DASHES.length(), end), name));
      }
    }
    return keys;
  }

  private static ServerKey key(String label, String body, String name) {
    if (label.startsWith("ENCRYPTED") || body.contains("Proc-Type: 4,ENCRYPTED")) {
      throw new Problem(
          "the private key " + name + " is encrypted",
          "take the password off first: openssl pkey -in " + name + " -out plain.pem");
    }
    String algorithm = label.substring(0, label.length() - KIND.length()).strip();
    if (!algorithm.isEmpty() && !algorithm.equals("RSA")) {
      return new ServerKey(name, algorithm, Bytes.EMPTY);
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(body);
      return algorithm.isEmpty() ? pkcs8(der, name) : rsa(der, name);
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle fails in many ways on what is no ASN.1, even with a NullPointerException.
      throw broken(name, "what is between its lines is no key", e);
    }
  }

  /** {@code OneAsymmetricKey} (RFC 5958 §2). */
  private static ServerKey pkcs8(byte[] der, String name) throws IOException {
    PrivateKeyInfo info = PrivateKeyInfo.getInstance(der);
    if (info == null) {
      throw new IOException("empty");
    }
    ASN1ObjectIdentifier algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
    return algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)
        ? rsa(info.getPrivateKey().getOctets(), name)
        : new ServerKey(name, algorithmName(algorithm.getId()), Bytes.EMPTY);
  }

  private static ServerKey rsa(byte[] der, String name) throws IOException {
    RSAPrivateKey key = RSAPrivateKey.getInstance(der);
    if (key == null || key.getModulus().bitLength() < 128 || !key.getModulus().testBit(0)) {
      throw new IOException("no RSA key");
    }
    return new ServerKey(name, "RSA", Bytes.wrap(key.getEncoded("DER")));
  }

  private static String algorithmName(String identifier) {
    return switch (identifier) {
      case "1.2.840.113549.1.1.10" -> "RSASSA-PSS";
      case "1.2.840.10045.2.1" -> "EC";
      case "1.2.840.10040.4.1" -> "DSA";
      case "1.3.101.112" -> "Ed25519";
      case "1.3.101.113" -> "Ed448";
      default -> identifier;
    };
  }

  private static Problem broken(String name, String why, @Nullable Exception cause) {
    String what = "the private key " + name + " cannot be read: " + why;
    String advice = "see what openssl pkey -in " + name + " -noout -text says";
    return cause == null ? new Problem(what, advice) : new Problem(what, advice, cause);
  }
}
