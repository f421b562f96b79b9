package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Records of TLS 1.3 under one traffic secret.
 *
 * <pre>
 * struct {
 *     opaque content[…];
 *     ContentType type;
 *     uint8 zeros[length_of_padding];
 * } TLSInnerPlaintext;                         // RFC 8446 §5.2
 * additional_data = the record's header
 * </pre>
 */
public final class Tls13Protection implements RecordProtection {
  private static final int APPLICATION_DATA = 23;

  private final SuiteParameters suite;
  private final Bytes secret;
  private final Aead aead;
  private final Bytes iv;
  private final Sequence sequence = new Sequence();

  /** Keys from the secret as in RFC 8446 §7.3. */
  public Tls13Protection(SuiteParameters suite, Bytes secret) {
    this.suite = suite;
    this.secret = secret;
    String hash = suite.prfHash();
    this.aead =
        Aead.of(suite, Hkdf.expandLabel(hash, secret, "key", Bytes.EMPTY, suite.keyLength()));
    this.iv = Hkdf.expandLabel(hash, secret, "iv", Bytes.EMPTY, suite.nonceLength());
  }

  /** What opens the records after a KeyUpdate (RFC 8446 §7.2). */
  public Tls13Protection updated() {
    return new Tls13Protection(
        suite,
        Hkdf.expandLabel(suite.prfHash(), secret, "traffic upd", Bytes.EMPTY, secret.length()));
  }

  /** The secret from which the keys were made. */
  public Bytes secret() {
    return secret;
  }

  @Override
  public @Nullable Opened open(int type, int version, Bytes fragment) {
    Bytes header =
        Bytes.of(
            (byte) type,
            (byte) (version >> 8),
            (byte) version,
            (byte) (fragment.length() >> 8),
            (byte) fragment.length());
    if (type != APPLICATION_DATA || sequence.isExhausted()) {
      return null;
    }
    Bytes inner = aead.open(sequence.xor(iv), header, fragment);
    if (inner == null) {
      return null;
    }
    int end = inner.length();
    while (end > 0 && inner.u8(end - 1) == 0) {
      end--;
    }
    if (end == 0) {
      return null;
    }
    sequence.advance();
    return new Opened(inner.u8(end - 1), inner.slice(0, end - 1));
  }

  @Override
  public long sequence() {
    return sequence.next();
  }

  @Override
  public void continueAt(long number) {
    sequence.continueAt(number);
  }
}
