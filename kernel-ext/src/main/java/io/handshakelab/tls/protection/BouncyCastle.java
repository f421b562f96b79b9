package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.ARIAEngine;
import org.bouncycastle.crypto.engines.CamelliaEngine;
import org.bouncycastle.crypto.engines.IDEAEngine;
import org.bouncycastle.crypto.engines.SEEDEngine;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.AEADBlockCipher;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.modes.CBCModeCipher;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK does not have. These classes need no provider, and as long as nobody calls here,
 * none of them is loaded.
 */
final class BouncyCastle {
  private BouncyCastle() {}

  /** Deciphers chained blocks. */
  static RecordCipher blocks(BulkCipher cipher, Bytes key) {
    return new Blocks(CBCBlockCipher.newInstance(engine(cipher)), new KeyParameter(key.toArray()));
  }

  static Aead aead(SuiteParameters suite, Bytes key) {
    BlockCipher engine = engine(suite.cipher());
    AEADBlockCipher cipher =
        suite.mode() == SuiteParameters.Mode.CCM
            ? CCMBlockCipher.newInstance(engine)
            : GCMBlockCipher.newInstance(engine);
    return new BlockAead(cipher, new KeyParameter(key.toArray()), suite.tagLength());
  }

  static Bytes sm3(List<Bytes> parts) {
    SM3Digest digest = new SM3Digest();
    for (Bytes part : parts) {
      digest.update(part.toArray(), 0, part.length());
    }
    byte[] out = new byte[digest.getDigestSize()];
    digest.doFinal(out, 0);
    return Bytes.wrap(out);
  }

  static Hashing.Hmac hmacSm3(Bytes key) {
    HMac mac = new HMac(new SM3Digest());
    mac.init(new KeyParameter(key.toArray()));
    return parts -> {
      for (Bytes part : parts) {
        mac.update(part.toArray(), 0, part.length());
      }
      byte[] out = new byte[mac.getMacSize()];
      mac.doFinal(out, 0);
      return Bytes.wrap(out);
    };
  }

  private static BlockCipher engine(BulkCipher cipher) {
    return switch (cipher) {
      case IDEA -> new IDEAEngine();
      case SEED -> new SEEDEngine();
      case CAMELLIA_128, CAMELLIA_256 -> new CamelliaEngine();
      case ARIA_128, ARIA_256 -> new ARIAEngine();
      case SM4 -> new SM4Engine();
      case AES_128, AES_256 -> AESEngine.newInstance();
      case NULL, RC4_128, RC4_56, RC4_40, RC2_56, RC2_40, DES, DES_40, TRIPLE_DES, CHACHA20 ->
          throw new IllegalArgumentException("the JDK has " + cipher);
    };
  }

  private record Blocks(CBCModeCipher cipher, KeyParameter key) implements RecordCipher {
    @Override
    public byte[] decrypt(byte[] in, int length) {
      byte[] out = new byte[length];
      for (int at = 0; at < length; at += cipher.getBlockSize()) {
        cipher.processBlock(in, at, out, at);
      }
      return out;
    }

    @Override
    public void restart(Bytes iv) {
      cipher.init(false, new ParametersWithIV(key, iv.toArray()));
    }
  }

  private record BlockAead(AEADBlockCipher cipher, KeyParameter key, int tagLength)
      implements Aead {
    @Override
    public @Nullable Bytes open(Bytes nonce, Bytes additionalData, Bytes sealed) {
      if (sealed.length() < tagLength) {
        return null;
      }
      cipher.init(
          false, new AEADParameters(key, 8 * tagLength, nonce.toArray(), additionalData.toArray()));
      byte[] in = sealed.toArray();
      byte[] out = new byte[cipher.getOutputSize(in.length)];
      int made = cipher.processBytes(in, 0, in.length, out, 0);
      try {
        made += cipher.doFinal(out, made);
      } catch (InvalidCipherTextException e) {
        return null;
      }
      return Bytes.wrap(made == out.length ? out : Arrays.copyOf(out, made));
    }
  }
}
