package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tls.registry.ProtocolVersion;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Records with an HMAC beside a block cipher in CBC mode, a stream cipher or none, TLS 1.0 to 1.2.
 *
 * <pre>
 * opaque IV[block_length];                     // from TLS 1.1 on, RFC 4346 §6.2.3.2
 * block-ciphered struct {
 *     opaque content[…];
 *     opaque MAC[mac_length];                  // behind all, unciphered, with encrypt_then_mac
 *     uint8 padding[padding_length];
 *     uint8 padding_length;
 * };                                           // RFC 5246 §6.2.3.2, RFC 7366 §3
 * MAC(seq_num + type + version + length + content)
 * </pre>
 */
final class MacProtection implements RecordProtection {
  private final SuiteParameters suite;
  private final boolean explicitIv;
  private final boolean encryptThenMac;
  private final Bytes macKey;
  private final Bytes key;
  private Bytes iv;
  private @Nullable Cipher stream;
  private long sequence;

  MacProtection(
      SuiteParameters suite,
      ProtocolVersion version,
      boolean encryptThenMac,
      Bytes macKey,
      Bytes key,
      Bytes iv) {
    this.suite = suite;
    this.explicitIv = version.number() >= ProtocolVersion.TLS_1_1.number();
    this.encryptThenMac = encryptThenMac && suite.mode() == SuiteParameters.Mode.CBC;
    this.macKey = macKey;
    this.key = key;
    this.iv = iv;
  }

  @Override
  public @Nullable Opened open(int type, int version, Bytes fragment) {
    Bytes content;
    try {
      content =
          encryptThenMac ? macOutside(type, version, fragment) : macInside(type, version, fragment);
    } catch (GeneralSecurityException e) {
      return null;
    }
    if (content == null) {
      return null;
    }
    sequence++;
    return new Opened(type, content);
  }

  private @Nullable Bytes macOutside(int type, int version, Bytes fragment)
      throws GeneralSecurityException {
    int end = fragment.length() - suite.macLength();
    if (end < 0 || !isAuthentic(type, version, fragment.slice(0, end), fragment.from(end))) {
      return null;
    }
    Bytes padded = decryptBlocks(fragment.slice(0, end));
    int length = padded == null ? -1 : lengthWithoutPadding(padded);
    return padded == null || length < 0 ? null : padded.slice(0, length);
  }

  private @Nullable Bytes macInside(int type, int version, Bytes fragment)
      throws GeneralSecurityException {
    Bytes ivBefore = iv;
    Bytes clear =
        switch (suite.mode()) {
          case CBC -> decryptBlocks(fragment);
          case STREAM -> decryptStream(fragment);
          default -> fragment;
        };
    if (clear == null) {
      return null;
    }
    int length =
        suite.mode() == SuiteParameters.Mode.CBC ? lengthWithoutPadding(clear) : clear.length();
    int end = length - suite.macLength();
    if (end < 0 || !isAuthentic(type, version, clear.slice(0, end), clear.slice(end, length))) {
      iv = ivBefore;
      return null;
    }
    return clear.slice(0, end);
  }

  private boolean isAuthentic(int type, int version, Bytes content, Bytes mac) {
    Bytes header = Sequence.header(sequence, type, version, content.length());
    return Hashing.hmac(Hashing.hmacName(suite.macHash()), macKey, header, content).equals(mac);
  }

  private @Nullable Bytes decryptBlocks(Bytes fragment) throws GeneralSecurityException {
    int block = suite.blockLength();
    int from = explicitIv ? block : 0;
    int length = fragment.length() - from;
    if (length < block || length % block != 0) {
      return null;
    }
    Bytes start = explicitIv ? fragment.slice(0, block) : iv;
    Cipher cipher = Cipher.getInstance(suite.cipher() + "/CBC/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(key.toArray(), suite.cipher()),
        new IvParameterSpec(start.toArray()));
    Bytes clear = Bytes.wrap(cipher.doFinal(fragment.from(from).toArray()));
    // TLS 1.0 goes on with the last block of the record before (RFC 2246 §6.2.3.2).
    iv = fragment.from(fragment.length() - block);
    return clear;
  }

  /** A stream cannot go back: a record that is not authentic spoils what follows. */
  private Bytes decryptStream(Bytes fragment) throws GeneralSecurityException {
    Cipher running = stream;
    if (running == null) {
      running = Cipher.getInstance(suite.cipher());
      running.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key.toArray(), suite.cipher()));
      stream = running;
    }
    byte[] clear = running.update(fragment.toArray());
    return clear == null ? Bytes.EMPTY : Bytes.wrap(clear);
  }

  /** Length before the padding, each byte of which tells its length; -1 if it is not so. */
  private static int lengthWithoutPadding(Bytes padded) {
    int padding = padded.u8(padded.length() - 1);
    int length = padded.length() - 1 - padding;
    for (int i = Math.max(0, length); i < padded.length(); i++) {
      if (padded.u8(i) != padding) {
        return -1;
      }
    }
    return length;
  }
}
