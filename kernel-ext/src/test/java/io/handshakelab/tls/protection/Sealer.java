package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.ARIAEngine;
import org.bouncycastle.crypto.engines.CamelliaEngine;
import org.bouncycastle.crypto.engines.DESEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.engines.IDEAEngine;
import org.bouncycastle.crypto.engines.RC2Engine;
import org.bouncycastle.crypto.engines.RC4Engine;
import org.bouncycastle.crypto.engines.SEEDEngine;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.AEADCipher;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.modes.CBCModeCipher;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.crypto.params.RC2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * What the sender of records does, as the RFCs have it: the reverse of {@link RecordProtection}.
 */
final class Sealer {
  private final int version;
  private final SuiteParameters suite;
  private final boolean encryptThenMac;
  private final int macLength;
  private final byte[] macKey;
  private final byte[] iv;
  private final byte[] key;
  private final RC4Engine rc4 = new RC4Engine();
  private final @Nullable Deflater deflater;
  private byte[] lastBlock;
  private long sequence;

  Sealer(
      int version,
      SuiteParameters suite,
      CraftedTalk.Extra extra,
      Bytes macKey,
      Bytes key,
      Bytes iv) {
    this.version = version;
    this.suite = suite;
    this.encryptThenMac = extra == CraftedTalk.Extra.MAC_OUTSIDE;
    this.macLength = extra == CraftedTalk.Extra.SHORT_MAC ? 10 : suite.macLength();
    this.macKey = macKey.toArray();
    this.key = key.toArray();
    this.iv = iv.toArray();
    this.lastBlock = this.iv;
    this.deflater = extra == CraftedTalk.Extra.DEFLATE ? new Deflater() : null;
    if (suite.mode() == SuiteParameters.Mode.STREAM) {
      rc4.init(true, new KeyParameter(this.key));
    }
  }

  /** The whole record. */
  Bytes seal(int type, String text) throws Exception {
    return seal(type, Bytes.utf8(text));
  }

  Bytes seal(int type, Bytes content) throws Exception {
    Deflater compressing = deflater;
    byte[] plain =
        compressing == null ? content.toArray() : deflate(compressing, content.toArray());
    byte[] fragment =
        switch (suite.mode()) {
          case CBC -> cbc(type, plain);
          case STREAM -> stream(join(plain, mac(type, plain)));
          case NULL -> join(plain, mac(type, plain));
          case GCM, CCM -> version == 0x0304 ? tls13(type, plain) : tls12(type, plain);
          case CHACHA20_POLY1305, INTEGRITY_ONLY -> throw new IllegalArgumentException();
        };
    sequence++;
    int outer = version == 0x0304 ? 23 : type;
    return Bytes.wrap(join(header(outer, fragment.length), fragment));
  }

  private static byte[] deflate(Deflater deflater, byte[] content) {
    deflater.setInput(content);
    byte[] out = new byte[content.length + 100];
    return Arrays.copyOf(out, deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH));
  }

  private byte[] cbc(int type, byte[] content) throws Exception {
    int block = suite.cipher().blockLength();
    boolean explicit = version >= 0x0302;
    byte[] padded = pad(encryptThenMac ? content : join(content, mac(type, content)), block);
    byte[] start = explicit ? random(block) : lastBlock;
    CBCModeCipher cbc = CBCBlockCipher.newInstance(engine());
    cbc.init(true, new ParametersWithIV(parameters(), start));
    byte[] out = new byte[padded.length];
    for (int at = 0; at < out.length; at += block) {
      cbc.processBlock(padded, at, out, at);
    }
    lastBlock = Arrays.copyOfRange(out, out.length - block, out.length);
    byte[] whole = explicit ? join(start, out) : out;
    return encryptThenMac ? join(whole, mac(type, whole)) : whole;
  }

  private byte[] stream(byte[] content) {
    byte[] out = new byte[content.length];
    rc4.processBytes(content, 0, content.length, out, 0);
    return out;
  }

  private byte[] tls12(int type, byte[] content) throws Exception {
    byte[] explicit = ByteBuffer.allocate(8).putLong(0x1122334455660000L + sequence).array();
    byte[] additional = join(number(), header(type, content.length));
    return join(explicit, aead(join(iv, explicit), additional, content));
  }

  private byte[] tls13(int type, byte[] content) throws Exception {
    byte[] inner = join(content, new byte[] {(byte) type, 0, 0, 0});
    byte[] nonce = iv.clone();
    for (int i = 0; i < 8; i++) {
      nonce[4 + i] ^= number()[i];
    }
    return aead(nonce, header(23, inner.length + suite.tagLength()), inner);
  }

  private byte[] aead(byte[] nonce, byte[] additional, byte[] content) throws Exception {
    AEADCipher cipher =
        suite.mode() == SuiteParameters.Mode.CCM
            ? CCMBlockCipher.newInstance(engine())
            : GCMBlockCipher.newInstance(engine());
    cipher.init(
        true, new AEADParameters(new KeyParameter(key), 8 * suite.tagLength(), nonce, additional));
    byte[] out = new byte[cipher.getOutputSize(content.length)];
    int made = cipher.processBytes(content, 0, content.length, out, 0);
    cipher.doFinal(out, made);
    return out;
  }

  private byte[] mac(int type, byte[] content) throws Exception {
    if (version == 0x0300) {
      MessageDigest hash = MessageDigest.getInstance(suite.macHash());
      int pad = suite.macHash().equals("MD5") ? 48 : 40;
      byte[] length = {(byte) (content.length >> 8), (byte) content.length};
      for (byte[] part :
          List.of(macKey, same(pad, 0x36), number(), new byte[] {(byte) type}, length, content)) {
        hash.update(part);
      }
      byte[] inner = hash.digest();
      return hash.digest(join(join(macKey, same(pad, 0x5c)), inner));
    }
    String name = "Hmac" + suite.macHash().replace("-", "");
    Mac mac = Mac.getInstance(name);
    mac.init(new SecretKeySpec(macKey, name));
    mac.update(number());
    mac.update(header(type, content.length));
    return Arrays.copyOf(mac.doFinal(content), macLength);
  }

  /** Up to a whole block, and in TLS by one block more than need be. */
  private byte[] pad(byte[] content, int block) {
    int padding = block - 1 - content.length % block + (version == 0x0300 ? 0 : block);
    return join(content, same(padding + 1, padding));
  }

  private BlockCipher engine() {
    return switch (suite.cipher()) {
      case IDEA -> new IDEAEngine();
      case SEED -> new SEEDEngine();
      case SM4 -> new SM4Engine();
      case CAMELLIA_128, CAMELLIA_256 -> new CamelliaEngine();
      case ARIA_128, ARIA_256 -> new ARIAEngine();
      case AES_128, AES_256 -> AESEngine.newInstance();
      case RC2_40, RC2_56 -> new RC2Engine();
      case DES, DES_40 -> new DESEngine();
      case TRIPLE_DES -> new DESedeEngine();
      default -> throw new IllegalArgumentException(suite.toString());
    };
  }

  private CipherParameters parameters() {
    return suite.cipher().algorithm().equals("RC2")
        ? new RC2Parameters(key)
        : new KeyParameter(key);
  }

  private byte[] header(int type, int length) {
    int shown = Math.min(version, 0x0303);
    return new byte[] {
      (byte) type, (byte) (shown >> 8), (byte) shown, (byte) (length >> 8), (byte) length
    };
  }

  private byte[] number() {
    return ByteBuffer.allocate(8).putLong(sequence).array();
  }

  private byte[] random(int length) {
    return same(length, 0x41 + (int) sequence);
  }

  private static byte[] same(int count, int octet) {
    byte[] all = new byte[count];
    Arrays.fill(all, (byte) octet);
    return all;
  }

  private static byte[] join(byte[] first, byte[] second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }
}
