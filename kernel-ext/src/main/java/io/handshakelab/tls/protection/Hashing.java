package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Hashes and HMACs of runs of bytes, under their names in the JDK. */
final class Hashing {
  private Hashing() {}

  /** Of the parts one after the other. */
  static Bytes hash(String algorithm, List<Bytes> parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      parts.forEach(part -> digest.update(part.toArray()));
      return Bytes.wrap(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  /** Of the parts one after the other (RFC 2104). */
  static Bytes hmac(String algorithm, Bytes key, Bytes... parts) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      // The JDK refuses an empty key, which HMAC pads with zeros like any short one.
      byte[] bytes = key.isEmpty() ? new byte[1] : key.toArray();
      mac.init(new SecretKeySpec(bytes, algorithm));
      for (Bytes part : parts) {
        mac.update(part.toArray());
      }
      return Bytes.wrap(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  /** {@code HmacSHA256} for {@code SHA-256}. */
  static String hmacName(String hash) {
    return "Hmac" + hash.replace("-", "");
  }

  static int length(String hash) {
    return switch (hash) {
      case "MD5" -> 16;
      case "SHA-1" -> 20;
      case "SHA-384" -> 48;
      case "SHA-512" -> 64;
      default -> 32;
    };
  }
}
