package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;

/** Authenticates the content of records before there was AEAD. */
interface RecordMac {

  /** Whether the MAC of this content begins with the octets that stand at {@code macAt}. */
  boolean isAuthentic(
      Sequence sequence, int type, int version, byte[] bytes, int from, int to, int macAt);

  /** Octets of it that travel. */
  int length();

  /**
   * {@code HMAC(seq_num + type + version + length + content)} (RFC 5246 §6.2.3.1).
   *
   * @param length less than the hash's with the extension truncated_hmac (RFC 6066 §7)
   */
  record OfTls(Mac mac, int length) implements RecordMac {
    @Override
    public boolean isAuthentic(
        Sequence sequence, int type, int version, byte[] bytes, int from, int to, int macAt) {
      mac.update(sequence.header(type, version, to - from).toArray());
      mac.update(bytes, from, to - from);
      return Arrays.equals(mac.doFinal(), 0, length, bytes, macAt, macAt + length);
    }
  }

  /**
   * {@code hash(secret + pad_2 + hash(secret + pad_1 + seq_num + type + length + content))} (RFC
   * 6101 §5.2.3.1).
   */
  final class OfSsl30 implements RecordMac {
    private final MessageDigest hash;
    private final byte[] secret;
    private final byte[] pad1;
    private final byte[] pad2;

    OfSsl30(String hash, Bytes secret) {
      this.hash = Hashing.digest(hash);
      this.secret = secret.toArray();
      this.pad1 = pad(hash, 0x36).toArray();
      this.pad2 = pad(hash, 0x5c).toArray();
    }

    /** The octet as often as fills, with the secret, a block of MD5, and about one of SHA-1. */
    static Bytes pad(String hash, int octet) {
      byte[] pad = new byte[hash.equals("MD5") ? 48 : 40];
      Arrays.fill(pad, (byte) octet);
      return Bytes.wrap(pad);
    }

    @Override
    public boolean isAuthentic(
        Sequence sequence, int type, int version, byte[] bytes, int from, int to, int macAt) {
      hash.update(secret);
      hash.update(pad1);
      hash.update(sequence.header(type, to - from).toArray());
      hash.update(bytes, from, to - from);
      byte[] inner = hash.digest();
      hash.update(secret);
      hash.update(pad2);
      hash.update(inner);
      return Arrays.equals(hash.digest(), 0, length(), bytes, macAt, macAt + length());
    }

    @Override
    public int length() {
      return secret.length;
    }
  }

  /** {@code TLS_NULL_WITH_NULL_NULL}: none. */
  record None() implements RecordMac {
    @Override
    public boolean isAuthentic(
        Sequence sequence, int type, int version, byte[] bytes, int from, int to, int macAt) {
      return true;
    }

    @Override
    public int length() {
      return 0;
    }
  }
}
