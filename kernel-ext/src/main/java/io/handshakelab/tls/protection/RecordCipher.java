package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Deciphers the records of one direction one after the other: a stream, or blocks of which each is
 * chained to the one before it, also from record to record.
 */
interface RecordCipher {

  /** As many octets as went in; in CBC mode, whole blocks. */
  byte[] decrypt(byte[] in, int length);

  /** Begins a new chain of blocks. */
  void restart(Bytes iv);

  /** Of the JDK if that has the cipher, else of Bouncy Castle. */
  static RecordCipher of(SuiteParameters suite, Bytes key, Bytes iv) {
    RecordCipher cipher =
        switch (suite.cipher()) {
          case NULL -> new Identity();
          case RC4_128, RC4_56, RC4_40, RC2_56, RC2_40, DES, DES_40, TRIPLE_DES, AES_128, AES_256 ->
              new OfJdk(suite, key);
          case IDEA, SEED, CAMELLIA_128, CAMELLIA_256, ARIA_128, ARIA_256, SM4, CHACHA20 ->
              BouncyCastle.blocks(suite.cipher(), key);
        };
    cipher.restart(iv);
    return cipher;
  }

  /** No cipher at all. */
  final class Identity implements RecordCipher {
    @Override
    public byte[] decrypt(byte[] in, int length) {
      return Arrays.copyOf(in, length);
    }

    @Override
    public void restart(Bytes iv) {}
  }

  /** One that every JDK has. */
  final class OfJdk implements RecordCipher {
    private final Cipher cipher;
    private final Key key;
    private final boolean blocks;

    OfJdk(SuiteParameters suite, Bytes key) {
      String algorithm = suite.cipher().algorithm();
      this.blocks = suite.mode() == SuiteParameters.Mode.CBC;
      this.key = new SecretKeySpec(key.toArray(), algorithm);
      try {
        this.cipher = Cipher.getInstance(blocks ? algorithm + "/CBC/NoPadding" : algorithm);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has " + algorithm, e);
      }
    }

    @Override
    public byte[] decrypt(byte[] in, int length) {
      byte[] out = cipher.update(in, 0, length);
      return out == null ? new byte[0] : out;
    }

    @Override
    public void restart(Bytes iv) {
      try {
        if (blocks) {
          cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(iv.toArray()));
        } else {
          cipher.init(Cipher.DECRYPT_MODE, key);
        }
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("keys and IVs have the length of their cipher", e);
      }
    }
  }
}
