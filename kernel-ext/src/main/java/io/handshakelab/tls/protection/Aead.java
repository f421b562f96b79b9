package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;

/** Authenticated decryption under one key (RFC 5116). */
final class Aead {
  private final SuiteParameters suite;
  private final Bytes key;
  private @Nullable Cipher cipher;

  Aead(SuiteParameters suite, Bytes key) {
    this.suite = suite;
    this.key = key;
  }

  /** The plaintext, or null if ciphertext and tag are not authentic. */
  @Nullable Bytes open(Bytes nonce, Bytes additionalData, Bytes ciphertext) {
    if (ciphertext.length() < suite.tagLength()) {
      return null;
    }
    return suite.mode() == SuiteParameters.Mode.CCM
        ? ccm(nonce, additionalData, ciphertext)
        : jdk(nonce, additionalData, ciphertext);
  }

  private @Nullable Bytes jdk(Bytes nonce, Bytes additionalData, Bytes ciphertext) {
    try {
      boolean gcm = suite.mode() == SuiteParameters.Mode.GCM;
      Cipher ready = cipher;
      if (ready == null) {
        ready = Cipher.getInstance(gcm ? "AES/GCM/NoPadding" : "ChaCha20-Poly1305");
        cipher = ready;
      }
      AlgorithmParameterSpec parameters =
          gcm
              ? new GCMParameterSpec(8 * suite.tagLength(), nonce.toArray())
              : new IvParameterSpec(nonce.toArray());
      Key secret = new SecretKeySpec(key.toArray(), suite.cipher());
      ready.init(Cipher.DECRYPT_MODE, secret, parameters);
      ready.updateAAD(additionalData.toArray());
      return Bytes.wrap(ready.doFinal(ciphertext.toArray()));
    } catch (GeneralSecurityException e) {
      return null;
    }
  }

  /** The JDK has no CCM; this class of Bouncy Castle needs no provider. */
  private @Nullable Bytes ccm(Bytes nonce, Bytes additionalData, Bytes ciphertext) {
    try {
      var ccm = CCMBlockCipher.newInstance(AESEngine.newInstance());
      ccm.init(
          false,
          new AEADParameters(
              new KeyParameter(key.toArray()),
              8 * suite.tagLength(),
              nonce.toArray(),
              additionalData.toArray()));
      byte[] in = ciphertext.toArray();
      byte[] out = new byte[ccm.getOutputSize(in.length)];
      int made = ccm.processBytes(in, 0, in.length, out, 0);
      ccm.doFinal(out, made);
      return Bytes.wrap(out);
    } catch (InvalidCipherTextException e) {
      return null;
    }
  }
}
