package io.handshakelab.x509;

import io.handshakelab.bytes.Hex;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.jspecify.annotations.Nullable;

/** The hash functions that signatures of certificates use, and how each is called where. */
enum Hash {
  MD5("MD5", "md5", 16, "1.2.840.113549.2.5", "3020300c06082a864886f70d020505000410"),
  SHA1("SHA-1", "sha1", 20, "1.3.14.3.2.26", "3021300906052b0e03021a05000414"),
  SHA224("SHA-224", "sha224", 28, 4),
  SHA256("SHA-256", "sha256", 32, 1),
  SHA384("SHA-384", "sha384", 48, 2),
  SHA512("SHA-512", "sha512", 64, 3),
  SHA512_224("SHA-512/224", "sha512_224", 28, 5),
  SHA512_256("SHA-512/256", "sha512_256", 32, 6),
  SHA3_224("SHA3-224", "sha3_224", 28, 7),
  SHA3_256("SHA3-256", "sha3_256", 32, 8),
  SHA3_384("SHA3-384", "sha3_384", 48, 9),
  SHA3_512("SHA3-512", "sha3_512", 64, 10);

  private final String javaName;
  private final String pythonName;
  private final int length;
  private final String oid;
  private final String prefix;

  Hash(String javaName, String pythonName, int length, String oid, String prefix) {
    this.javaName = javaName;
    this.pythonName = pythonName;
    this.length = length;
    this.oid = oid;
    this.prefix = prefix;
  }

  Hash(String javaName, String pythonName, int length, int nist) {
    this(
        javaName,
        pythonName,
        length,
        "2.16.840.1.101.3.4.2." + nist,
        "30"
            + Hex.of(new byte[] {(byte) (17 + length)})
            + "300d06096086480165030402"
            + Hex.of(new byte[] {(byte) nist})
            + "050004"
            + Hex.of(new byte[] {(byte) length}));
  }

  static @Nullable Hash of(ASN1ObjectIdentifier function) {
    String wanted = function.getId();
    for (Hash hash : values()) {
      if (hash.oid.equals(wanted)) {
        return hash;
      }
    }
    return null;
  }

  /** As people call it. */
  String label() {
    return javaName;
  }

  int length() {
    return length;
  }

  /**
   * What RSA PKCS#1 v1.5 puts before a digest: the DER of DigestInfo up to the digest itself, which
   * names the hash function (RFC 8017 §9.2, note 1); hexadecimal.
   */
  String prefix() {
    return prefix;
  }

  /** The call in Python that hashes what that expression says. */
  String python(String expression) {
    return this == SHA512_224 || this == SHA512_256
        ? "hashlib.new(\"" + pythonName + "\", " + expression + ")"
        : "hashlib." + pythonName + "(" + expression + ")";
  }

  byte[] digest(byte[] message) {
    return function().digest(message);
  }

  MessageDigest function() {
    try {
      return MessageDigest.getInstance(javaName);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + javaName, e);
    }
  }
}
