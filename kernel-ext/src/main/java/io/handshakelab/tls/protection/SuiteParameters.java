package io.handshakelab.tls.protection;

import io.handshakelab.tls.registry.CipherSuite;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a cipher suite says about record protection.
 *
 * @param mode how records are protected
 * @param cipher name of the cipher in the JDK, such as {@code AES}
 * @param keyLength octets of the key
 * @param blockLength octets of a block; 0 if there are none
 * @param macHash hash of the record's HMAC; empty for AEAD
 * @param tagLength octets of the AEAD's tag; else 0
 * @param prfHash hash of the key schedule in TLS 1.2 and 1.3
 */
public record SuiteParameters(
    Mode mode,
    String cipher,
    int keyLength,
    int blockLength,
    String macHash,
    int tagLength,
    String prfHash) {

  /** How records are protected. */
  public enum Mode {
    GCM,
    CCM,
    CHACHA20_POLY1305,
    CBC,
    STREAM,
    NULL
  }

  /** {@code TLS_…_WITH_AES_128_GCM_SHA256}, {@code TLS_AES_128_GCM_SHA256} and the like. */
  private static final Pattern NAME =
      Pattern.compile(
          "(AES_128|AES_256|CHACHA20|3DES_EDE|DES|RC4_128|NULL)"
              + "_?(GCM|CCM_8|CCM|POLY1305|CBC|)_?(MD5|SHA256|SHA384|SHA|)");

  /** None for a suite whose cipher is not supported here. */
  public static Optional<SuiteParameters> of(CipherSuite suite) {
    String name = suite.toString();
    int with = name.indexOf("_WITH_");
    String end = with >= 0 ? name.substring(with + 6) : suite.isTls13() ? name.substring(4) : "";
    Matcher matcher = NAME.matcher(end);
    return matcher.matches()
        ? Optional.of(of(matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  private static SuiteParameters of(String cipher, String mode, String hash) {
    String prf = hash.equals("SHA384") ? "SHA-384" : "SHA-256";
    int key = keyLength(cipher);
    String mac =
        switch (hash) {
          case "MD5" -> "MD5";
          case "SHA" -> "SHA-1";
          case "SHA384" -> "SHA-384";
          default -> "SHA-256";
        };
    return switch (mode) {
      case "GCM" -> new SuiteParameters(Mode.GCM, "AES", key, 0, "", 16, prf);
      case "CCM" -> new SuiteParameters(Mode.CCM, "AES", key, 0, "", 16, prf);
      case "CCM_8" -> new SuiteParameters(Mode.CCM, "AES", key, 0, "", 8, prf);
      case "POLY1305" ->
          new SuiteParameters(Mode.CHACHA20_POLY1305, "ChaCha20", key, 0, "", 16, prf);
      case "CBC" ->
          new SuiteParameters(
              Mode.CBC, blockCipher(cipher), key, cipher.startsWith("AES") ? 16 : 8, mac, 0, prf);
      default ->
          cipher.equals("NULL")
              ? new SuiteParameters(Mode.NULL, "", 0, 0, mac, 0, prf)
              : new SuiteParameters(Mode.STREAM, "ARCFOUR", key, 0, mac, 0, prf);
    };
  }

  private static String blockCipher(String cipher) {
    return switch (cipher) {
      case "3DES_EDE" -> "DESede";
      case "DES" -> "DES";
      default -> "AES";
    };
  }

  private static int keyLength(String cipher) {
    return switch (cipher) {
      case "AES_256", "CHACHA20" -> 32;
      case "3DES_EDE" -> 24;
      case "DES" -> 8;
      case "NULL" -> 0;
      default -> 16;
    };
  }

  public int macLength() {
    return macHash.isEmpty() ? 0 : Hashing.length(macHash);
  }

  /** Octets of the part of the nonce that the key block gives (RFC 5288 §3, RFC 7905 §2). */
  int fixedIvLength() {
    return switch (mode) {
      case GCM, CCM -> 4;
      case CHACHA20_POLY1305 -> 12;
      case CBC -> blockLength;
      case STREAM, NULL -> 0;
    };
  }

  public int prfLength() {
    return Hashing.length(prfHash);
  }
}
