package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Authenticated decryption under one key (RFC 5116). */
interface Aead {

  /** The plaintext, or null if ciphertext and tag, which are in one, are not authentic. */
  @Nullable Bytes open(Bytes nonce, Bytes additionalData, Bytes sealed);

  /** With the ciphers of the JDK if it has them, else of Bouncy Castle. */
  static Aead of(SuiteParameters suite, Bytes key) {
    return switch (suite.mode()) {
      case CHACHA20_POLY1305 -> new ChaCha20Poly1305(key);
      case GCM ->
          switch (suite.cipher()) {
            case AES_128, AES_256 -> new AesGcm(key);
            default -> BouncyCastle.aead(suite, key);
          };
      case CCM -> BouncyCastle.aead(suite, key);
      case INTEGRITY_ONLY -> new IntegrityOnly(Hashing.hmac(suite.prfHash(), key), suite);
      case CBC, STREAM, NULL -> throw new IllegalArgumentException(suite + " is no AEAD");
    };
  }

  /** As the JDK has it (RFC 8439 §2.8). */
  final class ChaCha20Poly1305 implements Aead {
    private static final int TAG = 16;

    private final Key key;
    private @Nullable Cipher cipher;

    ChaCha20Poly1305(Bytes key) {
      this.key = new SecretKeySpec(key.toArray(), "ChaCha20");
    }

    @Override
    public @Nullable Bytes open(Bytes nonce, Bytes additionalData, Bytes sealed) {
      if (sealed.length() < TAG) {
        return null;
      }
      try {
        Cipher ready = cipher;
        if (ready == null) {
          ready = Cipher.getInstance("ChaCha20-Poly1305");
          cipher = ready;
        }
        ready.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(nonce.toArray()));
        ready.updateAAD(additionalData.toArray());
        return Bytes.wrap(ready.doFinal(sealed.toArray()));
      } catch (GeneralSecurityException e) {
        // The JDK refuses a nonce that it had before, but the next record may have this number.
        cipher = null;
        return null;
      }
    }
  }

  /** {@code content + HMAC(nonce + additional_data + content)} (RFC 9150 §6). */
  record IntegrityOnly(Hashing.Hmac hmac, SuiteParameters suite) implements Aead {
    @Override
    public @Nullable Bytes open(Bytes nonce, Bytes additionalData, Bytes sealed) {
      int end = sealed.length() - suite.tagLength();
      if (end < 0) {
        return null;
      }
      Bytes content = sealed.slice(0, end);
      return hmac.of(nonce, additionalData, content).equals(sealed.from(end)) ? content : null;
    }
  }
}
