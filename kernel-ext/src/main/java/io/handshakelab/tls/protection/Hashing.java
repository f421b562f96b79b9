package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Hashes and HMACs of runs of bytes, under their names in the JDK; SM3 it does not have. */
final class Hashing {
  private static final String SM3 = "SM3";

  private Hashing() {}

  /** Of the parts one after the other. */
  static Bytes hash(String algorithm, List<Bytes> parts) {
    if (algorithm.equals(SM3)) {
      return BouncyCastle.sm3(parts);
    }
    MessageDigest digest = digest(algorithm);
    for (Bytes part : parts) {
      digest.update(part.toArray());
    }
    return Bytes.wrap(digest.digest());
  }

  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  /** One key for many HMACs (RFC 2104). */
  static Hmac hmac(String hash, Bytes key) {
    return hash.equals(SM3) ? BouncyCastle.hmacSm3(key) : new JdkHmac(mac(hash, key));
  }

  /** Of the parts one after the other. */
  static Bytes hmac(String hash, Bytes key, Bytes... parts) {
    return hmac(hash, key).of(parts);
  }

  /** HMAC under one key. */
  interface Hmac {
    /** Of the parts one after the other. */
    Bytes of(Bytes... parts);
  }

  /** HMAC of the JDK, ready to be used again and again. */
  static Mac mac(String hash, Bytes key) {
    String name = hmacName(hash);
    try {
      Mac mac = Mac.getInstance(name);
      // The JDK refuses an empty key, which HMAC pads with zeros like any short one.
      byte[] bytes = key.isEmpty() ? new byte[1] : key.toArray();
      mac.init(new SecretKeySpec(bytes, name));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + name, e);
    }
  }

  /** {@code HmacSHA256} for {@code SHA-256}. */
  private static String hmacName(String hash) {
    return switch (hash) {
      case "MD5" -> "HmacMD5";
      case "SHA-1" -> "HmacSHA1";
      case "SHA-384" -> "HmacSHA384";
      default -> "HmacSHA256";
    };
  }

  static int length(String hash) {
    return switch (hash) {
      case "MD5" -> 16;
      case "SHA-1" -> 20;
      case "SHA-384" -> 48;
      default -> 32;
    };
  }

  private record JdkHmac(Mac mac) implements Hmac {
    @Override
    public Bytes of(Bytes... parts) {
      for (Bytes part : parts) {
        mac.update(part.toArray());
      }
      return Bytes.wrap(mac.doFinal());
    }
  }
}
