package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/** Records without a cipher, whose MAC is cut off and believed, since its key is not known. */
final class Unchecked implements RecordProtection {
  private final int macLength;
  private long next;

  Unchecked(int macLength) {
    this.macLength = macLength;
  }

  @Override
  public @Nullable Opened open(int type, int version, Bytes fragment) {
    int end = fragment.length() - macLength;
    if (end < 0) {
      return null;
    }
    next++;
    return new Opened(type, fragment.slice(0, end));
  }

  @Override
  public long sequence() {
    return next;
  }

  @Override
  public void continueAt(long sequence) {
    next = sequence;
  }
}
