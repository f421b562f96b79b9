package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tls.registry.ProtocolVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The key schedule of SSL 3.0 to TLS 1.2 (RFC 6101 §6, RFC 5246 §6.3, §8.1). */
public final class Tls12Keys {
  private final ProtocolVersion version;
  private final SuiteParameters suite;
  private final KeyDerivation derivation;
  private final Bytes masterSecret;

  private Tls12Keys(ProtocolVersion version, SuiteParameters suite, Bytes masterSecret) {
    this.version = version;
    this.suite = suite;
    this.derivation = KeyDerivation.of(version, suite);
    this.masterSecret = masterSecret;
  }

  public static Tls12Keys ofMasterSecret(
      ProtocolVersion version, SuiteParameters suite, Bytes masterSecret) {
    return new Tls12Keys(version, suite, masterSecret);
  }

  public static Tls12Keys ofPreMasterSecret(
      ProtocolVersion version,
      SuiteParameters suite,
      Bytes preMasterSecret,
      Bytes clientRandom,
      Bytes serverRandom) {
    KeyDerivation derivation = KeyDerivation.of(version, suite);
    return new Tls12Keys(
        version, suite, derivation.masterSecret(preMasterSecret, clientRandom, serverRandom));
  }

  /**
   * With the extension extended_master_secret (RFC 7627).
   *
   * @param messages from the ClientHello to the ClientKeyExchange
   */
  public static Tls12Keys ofPreMasterSecret(
      ProtocolVersion version, SuiteParameters suite, Bytes preMasterSecret, List<Bytes> messages) {
    KeyDerivation derivation = KeyDerivation.of(version, suite);
    return new Tls12Keys(
        version, suite, derivation.extendedMasterSecret(preMasterSecret, messages));
  }

  public Bytes masterSecret() {
    return masterSecret;
  }

  /**
   * Extensions that change how records are protected.
   *
   * @param encryptThenMac the MAC stands outside (RFC 7366)
   * @param truncatedHmac it has 10 octets (RFC 6066 §7)
   */
  public record Options(boolean encryptThenMac, boolean truncatedHmac) {}

  /**
   * What opens the records of one end. The key block holds, in this order, MAC keys, keys and IVs
   * of the client and the server (RFC 5246 §6.3).
   */
  public RecordProtection protection(
      boolean client, Bytes clientRandom, Bytes serverRandom, Options options) {
    int mac = suite.macLength();
    int key = suite.cipher().materialLength();
    int iv = suite.fixedIvLength();
    Bytes block =
        derivation.keyBlock(masterSecret, clientRandom, serverRandom, 2 * (mac + key + iv));
    int which = client ? 0 : 1;
    Bytes macKey = at(block, which * mac, mac);
    Bytes writeKey = at(block, 2 * mac + which * key, key);
    Bytes writeIv = at(block, 2 * (mac + key) + which * iv, iv);
    if (suite.exportable()) {
      int length = suite.cipher().keyLength();
      writeKey = derivation.exportKey(client, writeKey, clientRandom, serverRandom, length);
      writeIv = derivation.exportIv(client, clientRandom, serverRandom, iv);
    }
    return switch (suite.mode()) {
      case GCM, CCM, CHACHA20_POLY1305, INTEGRITY_ONLY -> new Tls12Aead(suite, writeKey, writeIv);
      case CBC, STREAM, NULL ->
          new MacProtection(
              RecordCipher.of(suite, writeKey, writeIv),
              mac(macKey, options),
              suite,
              version,
              options.encryptThenMac(),
              writeIv);
    };
  }

  /** Records that are not enciphered can be read without keys, though not be authenticated. */
  public static @Nullable RecordProtection withoutKeys(SuiteParameters suite) {
    return suite.mode() == SuiteParameters.Mode.NULL ? new Unchecked(suite.macLength()) : null;
  }

  /**
   * The content of a Finished message.
   *
   * @param messages all before this Finished
   */
  public Bytes verifyData(boolean client, List<Bytes> messages) {
    return derivation.verifyData(client, masterSecret, messages);
  }

  private RecordMac mac(Bytes macKey, Options options) {
    if (suite.macHash().isEmpty()) {
      return new RecordMac.None();
    }
    if (version.number() == ProtocolVersion.SSL_3_0.number()) {
      return new RecordMac.OfSsl30(suite.macHash(), macKey);
    }
    int length = options.truncatedHmac() ? 10 : suite.macLength();
    return new RecordMac.OfTls(Hashing.mac(suite.macHash(), macKey), length);
  }

  private static Bytes at(Bytes block, int from, int length) {
    return block.slice(from, from + length);
  }
}
