package io.handshakelab.x509;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What RSA PKCS#1 v1.5 puts before a digest: the DER of DigestInfo up to the digest itself, which
 * names the hash function (RFC 8017 §9.2, note 1).
 */
enum DigestInfo {
  MD5("md5WithRSAEncryption", "MD5", "md5", "3020300c06082a864886f70d020505000410"),
  SHA1("sha1WithRSAEncryption", "SHA-1", "sha1", "3021300906052b0e03021a05000414"),
  SHA224("sha224WithRSAEncryption", "SHA-224", "sha224", "302d300d06096086480165030402040500041c"),
  SHA256("sha256WithRSAEncryption", "SHA-256", "sha256", "3031300d060960864801650304020105000420"),
  SHA384("sha384WithRSAEncryption", "SHA-384", "sha384", "3041300d060960864801650304020205000430"),
  SHA512("sha512WithRSAEncryption", "SHA-512", "sha512", "3051300d060960864801650304020305000440");

  private final String signatureAlgorithm;
  private final String javaName;
  private final String pythonName;
  private final String prefix;

  DigestInfo(String signatureAlgorithm, String javaName, String pythonName, String prefix) {
    this.signatureAlgorithm = signatureAlgorithm;
    this.javaName = javaName;
    this.pythonName = pythonName;
    this.prefix = prefix;
  }

  static Optional<DigestInfo> of(String signatureAlgorithm) {
    return Stream.of(values())
        .filter(info -> info.signatureAlgorithm.equals(signatureAlgorithm))
        .findFirst();
  }

  /** As {@code hashlib} calls the function. */
  String pythonName() {
    return pythonName;
  }

  /** Hexadecimal. */
  String prefix() {
    return prefix;
  }

  /** The length of the digest in bytes, which the last byte of the prefix gives. */
  int digestLength() {
    return Integer.parseInt(prefix.substring(prefix.length() - 2), 16);
  }

  byte[] digest(byte[] message) {
    try {
      return MessageDigest.getInstance(javaName).digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + javaName, e);
    }
  }
}
