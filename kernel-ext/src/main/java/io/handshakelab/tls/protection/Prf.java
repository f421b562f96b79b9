package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;

/** The pseudorandom functions of SSL 3.0 to TLS 1.2, from which keys and checksums come. */
public final class Prf {
  private Prf() {}

  /**
   * TLS 1.2 (RFC 5246 §5): {@code PRF(secret, label, seed) = P_hash(secret, label + seed)}.
   *
   * @param hash such as {@code SHA-256}
   */
  public static Bytes tls12(String hash, Bytes secret, String label, Bytes seed, int length) {
    Bytes labelled = Bytes.concat(List.of(Bytes.utf8(label), seed));
    return expand(hash, secret, labelled, length);
  }

  /**
   * TLS 1.0 and 1.1 (RFC 2246 §5): {@code P_MD5(S1, label + seed) XOR P_SHA-1(S2, label + seed)},
   * where S1 and S2 are the halves of the secret, sharing the middle byte of an odd one.
   */
  public static Bytes tls10(Bytes secret, String label, Bytes seed, int length) {
    Bytes labelled = Bytes.concat(List.of(Bytes.utf8(label), seed));
    int half = (secret.length() + 1) / 2;
    byte[] left = expand("MD5", secret.slice(0, half), labelled, length).toArray();
    Bytes right = expand("SHA-1", secret.from(secret.length() - half), labelled, length);
    for (int i = 0; i < length; i++) {
      left[i] ^= (byte) right.u8(i);
    }
    return Bytes.wrap(left);
  }

  /**
   * SSL 3.0 (RFC 6101 §6.1, §6.2.2): {@code MD5(secret + SHA("A" + secret + seed)) + MD5(secret +
   * SHA("BB" + secret + seed)) + …}.
   */
  public static Bytes ssl30(Bytes secret, Bytes seed, int length) {
    List<Bytes> blocks = new ArrayList<>();
    for (int i = 0; 16 * i < length; i++) {
      Bytes letters = Bytes.utf8(String.valueOf((char) ('A' + i)).repeat(i + 1));
      Bytes inner = Hashing.hash("SHA-1", List.of(letters, secret, seed));
      blocks.add(Hashing.hash("MD5", List.of(secret, inner)));
    }
    return Bytes.concat(blocks).slice(0, length);
  }

  /**
   * {@code P_hash(secret, seed) = HMAC(secret, A(1) + seed) + HMAC(secret, A(2) + seed) + …} with
   * {@code A(0) = seed} and {@code A(i) = HMAC(secret, A(i-1))}.
   */
  private static Bytes expand(String hash, Bytes secret, Bytes seed, int length) {
    Hashing.Hmac hmac = Hashing.hmac(hash, secret);
    List<Bytes> blocks = new ArrayList<>();
    Bytes a = seed;
    for (int made = 0; made < length; made += Hashing.length(hash)) {
      a = hmac.of(a);
      blocks.add(hmac.of(a, seed));
    }
    return Bytes.concat(blocks).slice(0, length);
  }
}
