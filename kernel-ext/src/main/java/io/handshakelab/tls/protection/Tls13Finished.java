package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import java.util.List;

/** The checksum of a TLS 1.3 handshake (RFC 8446 §4.4.4). */
public final class Tls13Finished {
  private Tls13Finished() {}

  /**
   * {@code HMAC(finished_key, Transcript-Hash(messages))} with {@code finished_key =
   * HKDF-Expand-Label(BaseKey, "finished", "", Hash.length)}.
   *
   * @param trafficSecret of the sender, of the handshake
   * @param messages all before this Finished
   */
  public static Bytes verifyData(SuiteParameters suite, Bytes trafficSecret, List<Bytes> messages) {
    String hash = suite.prfHash();
    Bytes key = Hkdf.expandLabel(hash, trafficSecret, "finished", Bytes.EMPTY, suite.prfLength());
    return Hashing.hmac(hash, key, Hashing.hash(hash, messages));
  }

  /**
   * What stands for the first ClientHello after a HelloRetryRequest: a message of type message_hash
   * (RFC 8446 §4.4.1).
   */
  public static Bytes messageHash(SuiteParameters suite, List<Bytes> messages) {
    Bytes hash = Hashing.hash(suite.prfHash(), messages);
    Bytes header = Bytes.of((byte) 254, (byte) 0, (byte) 0, (byte) hash.length());
    return Bytes.concat(List.of(header, hash));
  }
}
