package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * AEAD records of TLS 1.2 (RFC 5246 §6.2.3.3).
 *
 * <pre>
 * opaque nonce_explicit[8];                    // not with ChaCha20-Poly1305, RFC 5288 §3, RFC 7905 §2
 * opaque ciphertext_and_tag[…];
 * additional_data = seq_num + type + version + length
 * </pre>
 */
final class Tls12Aead implements RecordProtection {
  private final Sequence sequence = new Sequence();
  private final SuiteParameters suite;
  private final Aead aead;
  private final Bytes fixedIv;

  Tls12Aead(SuiteParameters suite, Bytes key, Bytes fixedIv) {
    this.suite = suite;
    this.aead = Aead.of(suite, key);
    this.fixedIv = fixedIv;
  }

  @Override
  public @Nullable Opened open(int type, int version, Bytes fragment) {
    int explicit = suite.mode() == SuiteParameters.Mode.CHACHA20_POLY1305 ? 0 : 8;
    int length = fragment.length() - explicit - suite.tagLength();
    if (length < 0 || sequence.isExhausted()) {
      return null;
    }
    Bytes nonce =
        explicit == 0
            ? sequence.xor(fixedIv)
            : Bytes.concat(List.of(fixedIv, fragment.slice(0, explicit)));
    Bytes content =
        aead.open(nonce, sequence.header(type, version, length), fragment.from(explicit));
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
}
