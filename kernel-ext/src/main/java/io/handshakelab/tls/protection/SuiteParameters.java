package io.handshakelab.tls.protection;

import io.handshakelab.tls.registry.CipherSuite;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a cipher suite says about record protection.
 *
 * @param mode how records are protected
 * @param cipher which cipher does it
 * @param exportable whether keys are weakened as export rules wanted it (RFC 2246 §6.3.1)
 * @param macHash hash of the record's HMAC; empty for AEAD
 * @param tagLength octets of the AEAD's tag; else 0
 * @param prfHash hash of the key schedule in TLS 1.2 and 1.3
 */
public record SuiteParameters(
    Mode mode,
    BulkCipher cipher,
    boolean exportable,
    String macHash,
    int tagLength,
    String prfHash) {

  /** How records are protected. */
  public enum Mode {
    GCM,
    CCM,
    CHACHA20_POLY1305,
    /** Nothing is hidden, but all is authenticated: TLS 1.3 for machines (RFC 9150). */
    INTEGRITY_ONLY,
    CBC,
    STREAM,
    NULL
  }

  private static final Map<Integer, Optional<SuiteParameters>> KNOWN = new ConcurrentHashMap<>();

  /** None for a suite whose cipher is not supported here. */
  public static Optional<SuiteParameters> of(CipherSuite suite) {
    Optional<SuiteParameters> known = KNOWN.get(suite.number());
    if (known == null) {
      known = read(suite);
      KNOWN.put(suite.number(), known);
    }
    return known;
  }

  private static Optional<SuiteParameters> read(CipherSuite suite) {
    String name = suite.toString();
    int with = name.indexOf("_WITH_");
    if (with < 0 && !suite.isTls13()) {
      return Optional.empty();
    }
    String end = with >= 0 ? name.substring(with + 6) : name.substring(4);
    int last = end.lastIndexOf('_');
    String word = end.substring(last + 1);
    boolean hasHash = !hash(word).isEmpty() || word.equals("NULL");
    return Optional.ofNullable(
        last < 0
            ? null
            : of(
                hasHash ? end.substring(0, last) : end,
                hasHash ? hash(word) : "",
                with >= 0 && name.lastIndexOf("_EXPORT", with) > 0));
  }

  /** {@code AES_128_GCM} and the like; a name without a hash is one of CCM (RFC 6655 §3). */
  private static @Nullable SuiteParameters of(String cipher, String hash, boolean exportable) {
    return switch (cipher) {
      case "NULL" -> plain(Mode.NULL, BulkCipher.NULL, exportable, hash);
      case "RC4_128" -> plain(Mode.STREAM, BulkCipher.RC4_128, exportable, hash);
      case "RC4_56" -> plain(Mode.STREAM, BulkCipher.RC4_56, exportable, hash);
      case "RC4_40" -> plain(Mode.STREAM, BulkCipher.RC4_40, exportable, hash);
      case "RC2_CBC_56" -> plain(Mode.CBC, BulkCipher.RC2_56, exportable, hash);
      case "RC2_CBC_40" -> plain(Mode.CBC, BulkCipher.RC2_40, exportable, hash);
      case "DES_CBC" -> plain(Mode.CBC, BulkCipher.DES, exportable, hash);
      case "DES40_CBC", "DES_CBC_40" -> plain(Mode.CBC, BulkCipher.DES_40, exportable, hash);
      case "3DES_EDE_CBC" -> plain(Mode.CBC, BulkCipher.TRIPLE_DES, exportable, hash);
      case "IDEA_CBC" -> plain(Mode.CBC, BulkCipher.IDEA, exportable, hash);
      case "SEED_CBC" -> plain(Mode.CBC, BulkCipher.SEED, exportable, hash);
      case "AES_128_CBC" -> plain(Mode.CBC, BulkCipher.AES_128, exportable, hash);
      case "AES_256_CBC" -> plain(Mode.CBC, BulkCipher.AES_256, exportable, hash);
      case "CAMELLIA_128_CBC" -> plain(Mode.CBC, BulkCipher.CAMELLIA_128, exportable, hash);
      case "CAMELLIA_256_CBC" -> plain(Mode.CBC, BulkCipher.CAMELLIA_256, exportable, hash);
      case "ARIA_128_CBC" -> plain(Mode.CBC, BulkCipher.ARIA_128, exportable, hash);
      case "ARIA_256_CBC" -> plain(Mode.CBC, BulkCipher.ARIA_256, exportable, hash);
      case "AES_128_GCM" -> aead(Mode.GCM, BulkCipher.AES_128, 16, hash);
      case "AES_256_GCM" -> aead(Mode.GCM, BulkCipher.AES_256, 16, hash);
      case "CAMELLIA_128_GCM" -> aead(Mode.GCM, BulkCipher.CAMELLIA_128, 16, hash);
      case "CAMELLIA_256_GCM" -> aead(Mode.GCM, BulkCipher.CAMELLIA_256, 16, hash);
      case "ARIA_128_GCM" -> aead(Mode.GCM, BulkCipher.ARIA_128, 16, hash);
      case "ARIA_256_GCM" -> aead(Mode.GCM, BulkCipher.ARIA_256, 16, hash);
      case "SM4_GCM" -> aead(Mode.GCM, BulkCipher.SM4, 16, hash);
      case "AES_128_CCM" -> aead(Mode.CCM, BulkCipher.AES_128, 16, hash);
      case "AES_256_CCM" -> aead(Mode.CCM, BulkCipher.AES_256, 16, hash);
      case "AES_128_CCM_8" -> aead(Mode.CCM, BulkCipher.AES_128, 8, hash);
      case "AES_256_CCM_8" -> aead(Mode.CCM, BulkCipher.AES_256, 8, hash);
      case "SM4_CCM" -> aead(Mode.CCM, BulkCipher.SM4, 16, hash);
      case "CHACHA20_POLY1305" -> aead(Mode.CHACHA20_POLY1305, BulkCipher.CHACHA20, 16, hash);
      case "SHA256", "SHA384" ->
          aead(Mode.INTEGRITY_ONLY, BulkCipher.NULL, Hashing.length(hash), hash);
      default -> null;
    };
  }

  private static SuiteParameters plain(
      Mode mode, BulkCipher cipher, boolean exportable, String hash) {
    return new SuiteParameters(mode, cipher, exportable, hash, 0, prf(hash));
  }

  private static SuiteParameters aead(Mode mode, BulkCipher cipher, int tag, String hash) {
    return new SuiteParameters(mode, cipher, false, "", tag, prf(hash));
  }

  /** In TLS 1.2 at least SHA-256, whatever the MAC is made with (RFC 5246 §5). */
  private static String prf(String hash) {
    return hash.equals("SHA-384") || hash.equals("SM3") ? hash : "SHA-256";
  }

  private static String hash(String word) {
    return switch (word) {
      case "MD5" -> "MD5";
      case "SHA" -> "SHA-1";
      case "SHA256" -> "SHA-256";
      case "SHA384" -> "SHA-384";
      case "SM3" -> "SM3";
      default -> "";
    };
  }

  public int macLength() {
    return macHash.isEmpty() ? 0 : Hashing.length(macHash);
  }

  /** Octets of the key that a traffic secret of TLS 1.3 gives. */
  int keyLength() {
    return mode == Mode.INTEGRITY_ONLY ? tagLength : cipher.keyLength();
  }

  /** Octets of the part of the nonce that the key block gives (RFC 5288 §3, RFC 7905 §2). */
  int fixedIvLength() {
    return switch (mode) {
      case GCM, CCM -> 4;
      case CHACHA20_POLY1305 -> 12;
      case CBC -> cipher.blockLength();
      case STREAM, NULL, INTEGRITY_ONLY -> 0;
    };
  }

  /** Octets of the nonce in TLS 1.3 (RFC 8446 §5.3; RFC 9150 §6 without a cipher). */
  int nonceLength() {
    return mode == Mode.INTEGRITY_ONLY ? tagLength : 12;
  }

  public int prfLength() {
    return Hashing.length(prfHash);
  }
}
