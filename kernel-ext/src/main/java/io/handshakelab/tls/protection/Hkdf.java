package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;

/** The key derivation of TLS 1.3 (RFC 5869, RFC 8446 §7.1). */
public final class Hkdf {
  private Hkdf() {}

  /** {@code HKDF-Extract(salt, IKM) = HMAC(salt, IKM)} (RFC 5869 §2.2). */
  public static Bytes extract(String hash, Bytes salt, Bytes keyingMaterial) {
    return Hashing.hmac(hash, salt, keyingMaterial);
  }

  /**
   * {@code T(i) = HMAC(PRK, T(i-1) + info + i)}, one after the other (RFC 5869 §2.3).
   *
   * @param hash such as {@code SHA-256}
   */
  public static Bytes expand(String hash, Bytes key, Bytes info, int length) {
    Hashing.Hmac hmac = Hashing.hmac(hash, key);
    List<Bytes> blocks = new ArrayList<>();
    Bytes last = Bytes.EMPTY;
    for (int i = 1; (i - 1) * Hashing.length(hash) < length; i++) {
      last = hmac.of(last, info, Bytes.of((byte) i));
      blocks.add(last);
    }
    return Bytes.concat(blocks).slice(0, length);
  }

  /**
   *
   *
   * <pre>
   * struct {
   *     uint16 length;
   *     opaque label&lt;7..255&gt; = "tls13 " + Label;
   *     opaque context&lt;0..255&gt; = Context;
   * } HkdfLabel;                               // RFC 8446 §7.1
   * </pre>
   */
  public static Bytes expandLabel(
      String hash, Bytes secret, String label, Bytes context, int length) {
    Bytes full = Bytes.utf8("tls13 " + label);
    Bytes info =
        Bytes.concat(
            List.of(
                Bytes.of((byte) (length >> 8), (byte) length, (byte) full.length()),
                full,
                Bytes.of((byte) context.length()),
                context));
    return expand(hash, secret, info, length);
  }

  /** {@code Derive-Secret(Secret, Label, Messages)} (RFC 8446 §7.1). */
  public static Bytes deriveSecret(String hash, Bytes secret, String label, List<Bytes> messages) {
    Bytes transcript = Hashing.hash(hash, messages);
    return expandLabel(hash, secret, label, transcript, transcript.length());
  }
}
