package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tls.registry.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;

/** The key schedule of TLS 1.0 to 1.2 (RFC 5246 §6.3, §8.1). */
public final class Tls12Keys {
  private final ProtocolVersion version;
  private final SuiteParameters suite;
  private final Bytes masterSecret;

  private Tls12Keys(ProtocolVersion version, SuiteParameters suite, Bytes masterSecret) {
    this.version = version;
    this.suite = suite;
    this.masterSecret = masterSecret;
  }

  public static Tls12Keys ofMasterSecret(
      ProtocolVersion version, SuiteParameters suite, Bytes masterSecret) {
    return new Tls12Keys(version, suite, masterSecret);
  }

  /** {@code PRF(pre_master_secret, "master secret", client_random + server_random)} (§8.1). */
  public static Tls12Keys ofPreMasterSecret(
      ProtocolVersion version,
      SuiteParameters suite,
      Bytes preMasterSecret,
      Bytes clientRandom,
      Bytes serverRandom) {
    Bytes seed = Bytes.concat(List.of(clientRandom, serverRandom));
    Tls12Keys before = new Tls12Keys(version, suite, preMasterSecret);
    return new Tls12Keys(version, suite, before.prf("master secret", seed, 48));
  }

  /**
   * {@code PRF(pre_master_secret, "extended master secret", session_hash)} (RFC 7627 §4).
   *
   * @param messages from the ClientHello to the ClientKeyExchange
   */
  public static Tls12Keys ofPreMasterSecret(
      ProtocolVersion version, SuiteParameters suite, Bytes preMasterSecret, List<Bytes> messages) {
    Tls12Keys before = new Tls12Keys(version, suite, preMasterSecret);
    Bytes seed = before.transcriptHash(messages);
    return new Tls12Keys(version, suite, before.prf("extended master secret", seed, 48));
  }

  public Bytes masterSecret() {
    return masterSecret;
  }

  /**
   * What opens the records of one end. The key block holds, in this order, MAC keys, keys and IVs
   * of the client and the server (§6.3).
   */
  public RecordProtection protection(
      boolean client, Bytes clientRandom, Bytes serverRandom, boolean encryptThenMac) {
    int mac = suite.macLength();
    int key = suite.keyLength();
    int iv = suite.fixedIvLength();
    Bytes seed = Bytes.concat(List.of(serverRandom, clientRandom));
    Bytes block = prf("key expansion", seed, 2 * (mac + key + iv));
    int which = client ? 0 : 1;
    Bytes macKey = at(block, which * mac, mac);
    Bytes writeKey = at(block, 2 * mac + which * key, key);
    Bytes writeIv = at(block, 2 * (mac + key) + which * iv, iv);
    return switch (suite.mode()) {
      case GCM, CCM, CHACHA20_POLY1305 -> new Tls12Aead(suite, writeKey, writeIv);
      case CBC, STREAM, NULL ->
          new MacProtection(suite, version, encryptThenMac, macKey, writeKey, writeIv);
    };
  }

  /**
   * {@code PRF(master_secret, finished_label, Hash(handshake_messages))} (§7.4.9).
   *
   * @param messages all before this Finished
   */
  public Bytes verifyData(boolean client, List<Bytes> messages) {
    String label = client ? "client finished" : "server finished";
    return prf(label, transcriptHash(messages), 12);
  }

  private Bytes transcriptHash(List<Bytes> messages) {
    if (version.isTls12()) {
      return Hashing.hash(suite.prfHash(), messages);
    }
    // RFC 2246 §7.4.9: both hashes, one after the other.
    List<Bytes> both = new ArrayList<>();
    both.add(Hashing.hash("MD5", messages));
    both.add(Hashing.hash("SHA-1", messages));
    return Bytes.concat(both);
  }

  private Bytes prf(String label, Bytes seed, int length) {
    return version.isTls12()
        ? Prf.tls12(suite.prfHash(), masterSecret, label, seed, length)
        : Prf.tls10(masterSecret, label, seed, length);
  }

  private static Bytes at(Bytes block, int from, int length) {
    return block.slice(from, from + length);
  }
}
