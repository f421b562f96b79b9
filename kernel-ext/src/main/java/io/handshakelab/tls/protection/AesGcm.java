package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-GCM with a nonce of 96 bits and a whole tag (NIST SP 800-38D §7.2): the counter mode runs on
 * the AES of the JDK, which takes its key once and not anew for every record.
 */
final class AesGcm implements Aead {
  private static final int BLOCK = 16;
  private static final int CHUNK = 64 * BLOCK;

  private final Cipher aes;
  private final Ghash ghash;
  private final byte[] counters = new byte[CHUNK];
  private final byte[] stream = new byte[CHUNK];

  AesGcm(Bytes key) {
    try {
      aes = Cipher.getInstance("AES/ECB/NoPadding");
      aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key.toArray(), "AES"));
      ghash = new Ghash(aes.update(new byte[BLOCK]));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES", e);
    }
  }

  @Override
  public @Nullable Bytes open(Bytes nonce, Bytes additionalData, Bytes sealed) {
    int length = sealed.length() - BLOCK;
    if (length < 0) {
      return null;
    }
    byte[] bytes = sealed.toArray();
    ghash.begin();
    ghash.update(additionalData.toArray(), additionalData.length());
    ghash.update(bytes, length);
    ghash.block(8L * additionalData.length(), 8L * length);
    try {
      keyStream(nonce, 1, BLOCK);
      if (!ghash.matches(stream, bytes, length)) {
        return null;
      }
      for (int at = 0; at < length; at += CHUNK) {
        int count = Math.min(CHUNK, length - at);
        keyStream(nonce, 2 + at / BLOCK, count);
        for (int i = 0; i < count; i++) {
          bytes[at + i] ^= stream[i];
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("counters are whole blocks", e);
    }
    return Bytes.wrap(bytes).slice(0, length);
  }

  /** Enciphers the nonce with counters from this one on. */
  private void keyStream(Bytes nonce, int firstCounter, int octets)
      throws GeneralSecurityException {
    int end = (octets + BLOCK - 1) / BLOCK * BLOCK;
    int counter = firstCounter;
    for (int at = 0; at < end; at += BLOCK) {
      nonce.copyTo(0, counters, at, 12);
      counters[at + 12] = (byte) (counter >> 24);
      counters[at + 13] = (byte) (counter >> 16);
      counters[at + 14] = (byte) (counter >> 8);
      counters[at + 15] = (byte) counter;
      counter++;
    }
    aes.update(counters, 0, end, stream, 0);
  }
}
