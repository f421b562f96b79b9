package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tls.registry.ProtocolVersion;
import java.util.List;

/** How a version of SSL or TLS makes one secret from another. */
interface KeyDerivation {
  /** From the pre-master secret (RFC 5246 §8.1, RFC 6101 §6.1). */
  Bytes masterSecret(Bytes preMasterSecret, Bytes clientRandom, Bytes serverRandom);

  /** From a pre-master secret and all messages so far (RFC 7627 §4); not in SSL 3.0. */
  Bytes extendedMasterSecret(Bytes preMasterSecret, List<Bytes> messages);

  /** Octets for MAC keys, keys and IVs (RFC 5246 §6.3, RFC 6101 §6.2.2). */
  Bytes keyBlock(Bytes masterSecret, Bytes clientRandom, Bytes serverRandom, int length);

  /** The key that the records of one end are really protected with (RFC 2246 §6.3.1). */
  Bytes exportKey(boolean client, Bytes key, Bytes clientRandom, Bytes serverRandom, int length);

  /** The IV that goes with it, which is no secret. */
  Bytes exportIv(boolean client, Bytes clientRandom, Bytes serverRandom, int length);

  /** The content of a Finished message (RFC 5246 §7.4.9, RFC 6101 §5.6.9). */
  Bytes verifyData(boolean client, Bytes masterSecret, List<Bytes> messages);

  static KeyDerivation of(ProtocolVersion version, SuiteParameters suite) {
    if (version.number() == ProtocolVersion.SSL_3_0.number()) {
      return new OfSsl30();
    }
    return new OfTls(version.isTls12(), suite.prfHash());
  }

  /**
   * TLS 1.0 to 1.2: everything comes out of the PRF.
   *
   * @param hash of the PRF in TLS 1.2
   */
  record OfTls(boolean tls12, String hash) implements KeyDerivation {
    @Override
    public Bytes masterSecret(Bytes preMasterSecret, Bytes clientRandom, Bytes serverRandom) {
      return prf(preMasterSecret, "master secret", both(clientRandom, serverRandom), 48);
    }

    @Override
    public Bytes extendedMasterSecret(Bytes preMasterSecret, List<Bytes> messages) {
      return prf(preMasterSecret, "extended master secret", transcriptHash(messages), 48);
    }

    @Override
    public Bytes keyBlock(Bytes masterSecret, Bytes clientRandom, Bytes serverRandom, int length) {
      return prf(masterSecret, "key expansion", both(serverRandom, clientRandom), length);
    }

    @Override
    public Bytes exportKey(
        boolean client, Bytes key, Bytes clientRandom, Bytes serverRandom, int length) {
      String label = client ? "client write key" : "server write key";
      return prf(key, label, both(clientRandom, serverRandom), length);
    }

    @Override
    public Bytes exportIv(boolean client, Bytes clientRandom, Bytes serverRandom, int length) {
      Bytes block = prf(Bytes.EMPTY, "IV block", both(clientRandom, serverRandom), 2 * length);
      return client ? block.slice(0, length) : block.from(length);
    }

    @Override
    public Bytes verifyData(boolean client, Bytes masterSecret, List<Bytes> messages) {
      String label = client ? "client finished" : "server finished";
      return prf(masterSecret, label, transcriptHash(messages), 12);
    }

    private Bytes transcriptHash(List<Bytes> messages) {
      // RFC 2246 §7.4.9: both hashes, one after the other.
      return tls12
          ? Hashing.hash(hash, messages)
          : both(Hashing.hash("MD5", messages), Hashing.hash("SHA-1", messages));
    }

    private Bytes prf(Bytes secret, String label, Bytes seed, int length) {
      return tls12
          ? Prf.tls12(hash, secret, label, seed, length)
          : Prf.tls10(secret, label, seed, length);
    }
  }

  /** SSL 3.0: nested hashes. */
  record OfSsl30() implements KeyDerivation {
    @Override
    public Bytes masterSecret(Bytes preMasterSecret, Bytes clientRandom, Bytes serverRandom) {
      return Prf.ssl30(preMasterSecret, both(clientRandom, serverRandom), 48);
    }

    @Override
    public Bytes extendedMasterSecret(Bytes preMasterSecret, List<Bytes> messages) {
      throw new IllegalStateException("RFC 7627 §5.2: not with SSL 3.0");
    }

    @Override
    public Bytes keyBlock(Bytes masterSecret, Bytes clientRandom, Bytes serverRandom, int length) {
      return Prf.ssl30(masterSecret, both(serverRandom, clientRandom), length);
    }

    /** RFC 6101 §6.2.2.1. */
    @Override
    public Bytes exportKey(
        boolean client, Bytes key, Bytes clientRandom, Bytes serverRandom, int length) {
      Bytes randoms = ownFirst(client, clientRandom, serverRandom);
      return Hashing.hash("MD5", List.of(key, randoms)).slice(0, length);
    }

    @Override
    public Bytes exportIv(boolean client, Bytes clientRandom, Bytes serverRandom, int length) {
      Bytes randoms = ownFirst(client, clientRandom, serverRandom);
      return Hashing.hash("MD5", List.of(randoms)).slice(0, length);
    }

    /**
     * {@code hash(master_secret + pad2 + hash(handshake_messages + Sender + master_secret + pad1))}
     * with MD5 and with SHA-1, one after the other.
     */
    @Override
    public Bytes verifyData(boolean client, Bytes masterSecret, List<Bytes> messages) {
      Bytes transcript = Bytes.concat(messages);
      Bytes sender = Bytes.utf8(client ? "CLNT" : "SRVR");
      return both(
          finished("MD5", transcript, sender, masterSecret),
          finished("SHA-1", transcript, sender, masterSecret));
    }

    private static Bytes finished(String hash, Bytes transcript, Bytes sender, Bytes secret) {
      Bytes pad1 = RecordMac.OfSsl30.pad(hash, 0x36);
      Bytes pad2 = RecordMac.OfSsl30.pad(hash, 0x5c);
      Bytes inner = Hashing.hash(hash, List.of(transcript, sender, secret, pad1));
      return Hashing.hash(hash, List.of(secret, pad2, inner));
    }

    private static Bytes ownFirst(boolean client, Bytes clientRandom, Bytes serverRandom) {
      return client ? both(clientRandom, serverRandom) : both(serverRandom, clientRandom);
    }
  }

  private static Bytes both(Bytes first, Bytes second) {
    return Bytes.concat(List.of(first, second));
  }
}
