package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tls.registry.ProtocolVersion;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Records with a MAC beside a block cipher in CBC mode, a stream cipher or none, SSL 3.0 to TLS
 * 1.2.
 *
 * <pre>
 * opaque IV[block_length];                     // from TLS 1.1 on, RFC 4346 §6.2.3.2
 * block-ciphered struct {
 *     opaque content[…];
 *     opaque MAC[mac_length];                  // behind all, unciphered, with encrypt_then_mac
 *     uint8 padding[padding_length];
 *     uint8 padding_length;
 * };                                           // RFC 5246 §6.2.3.2, RFC 7366 §3
 * </pre>
 */
final class MacProtection implements RecordProtection {
  private final Sequence sequence = new Sequence();
  private final RecordCipher cipher;
  private final RecordMac mac;
  private final int block;
  private final boolean explicitIv;
  private final boolean anyPadding;
  private final boolean encryptThenMac;
  private Bytes iv;

  /** Without the block before, the first one is garbage; a MAC outside does not notice. */
  private boolean ivLost;

  MacProtection(
      RecordCipher cipher,
      RecordMac mac,
      SuiteParameters suite,
      ProtocolVersion version,
      boolean encryptThenMac,
      Bytes iv) {
    this.cipher = cipher;
    this.mac = mac;
    this.block = suite.mode() == SuiteParameters.Mode.CBC ? suite.cipher().blockLength() : 0;
    this.explicitIv = block > 0 && version.number() >= ProtocolVersion.TLS_1_1.number();
    // SSL 3.0 leaves it open what the padding consists of (RFC 6101 §5.2.3.2).
    this.anyPadding = version.number() == ProtocolVersion.SSL_3_0.number();
    this.encryptThenMac = encryptThenMac && block > 0;
    this.iv = iv;
  }

  @Override
  public @Nullable Opened open(int type, int version, Bytes fragment) {
    if (ivLost || sequence.isExhausted()) {
      return null;
    }
    byte[] bytes = fragment.toArray();
    Bytes content =
        encryptThenMac ? macOutside(type, version, bytes) : macInside(type, version, bytes);
    if (content == null) {
      return null;
    }
    sequence.advance();
    return new Opened(type, content);
  }

  @Override
  public long sequence() {
    return sequence.next();
  }

  @Override
  public void continueAt(long number) {
    sequence.continueAt(number);
  }

  @Override
  public void lose() {
    ivLost = block > 0 && !explicitIv;
  }

  @Override
  public void passOver(Bytes fragment) {
    ivLost = false;
    int end = fragment.length() - (encryptThenMac ? mac.length() : 0);
    if (block > 0 && !explicitIv && end >= block) {
      iv = Bytes.of(fragment.slice(end - block, end).toArray());
      cipher.restart(iv);
    }
  }

  private @Nullable Bytes macOutside(int type, int version, byte[] bytes) {
    int end = bytes.length - mac.length();
    if (!areWholeBlocks(end) || !mac.isAuthentic(sequence, type, version, bytes, 0, end, end)) {
      return null;
    }
    byte[] clear = cipher.decrypt(bytes, end);
    int to = lengthWithoutPadding(clear);
    return to < start() ? null : Bytes.wrap(clear).slice(start(), to);
  }

  private @Nullable Bytes macInside(int type, int version, byte[] bytes) {
    if (block > 0 && !areWholeBlocks(bytes.length)) {
      return null;
    }
    byte[] clear = cipher.decrypt(bytes, bytes.length);
    int to = (block > 0 ? lengthWithoutPadding(clear) : clear.length) - mac.length();
    if (to < start() || !mac.isAuthentic(sequence, type, version, clear, start(), to, to)) {
      // The next record may go on from the one before; a stream, however, cannot go back.
      if (block > 0 && !explicitIv) {
        cipher.restart(iv);
      }
      return null;
    }
    if (block > 0 && !explicitIv) {
      iv = Bytes.wrap(Arrays.copyOfRange(bytes, bytes.length - block, bytes.length));
    }
    return Bytes.wrap(clear).slice(start(), to);
  }

  /**
   * Where the content begins. An explicit IV need not be set: as the block before the first one it
   * does its work by being deciphered with the rest, and what comes out in its place is no content.
   */
  private int start() {
    return explicitIv ? block : 0;
  }

  private boolean areWholeBlocks(int length) {
    return length > start() && length % block == 0;
  }

  /** Length before the padding, each byte of which tells its length; -1 if it is not so. */
  private int lengthWithoutPadding(byte[] padded) {
    int padding = padded[padded.length - 1] & 0xff;
    int length = padded.length - 1 - padding;
    if (anyPadding) {
      return padding < block ? length : -1;
    }
    for (int i = Math.max(0, length); i < padded.length; i++) {
      if ((padded[i] & 0xff) != padding) {
        return -1;
      }
    }
    return length;
  }
}
