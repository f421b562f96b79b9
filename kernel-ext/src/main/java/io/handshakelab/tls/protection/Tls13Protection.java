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
  private final Sequence sequence = new Sequence();
  private @Nullable Keys keys;

  /** What a traffic secret gives (RFC 8446 §7.3). */
  private record Keys(Aead aead, Bytes iv) {
    static Keys of(SuiteParameters suite, Bytes secret) {
      String hash = suite.prfHash();
      return new Keys(
          Aead.of(suite, Hkdf.expandLabel(hash, secret, "key", Bytes.EMPTY, suite.keyLength())),
          Hkdf.expandLabel(hash, secret, "iv", Bytes.EMPTY, suite.nonceLength()));
    }
  }

  /** Keys are made when the first record is to be opened. */
  public Tls13Protection(SuiteParameters suite, Bytes secret) {
    this.suite = suite;
    this.secret = secret;
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
    Keys ready = keys;
    if (ready == null) {
      ready = Keys.of(suite, secret);
      keys = ready;
    }
    Bytes inner = ready.aead.open(sequence.xor(ready.iv), header, fragment);
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
