package io.handshakelab.tls;

import io.handshakelab.tls.protection.RecordProtection;
import io.handshakelab.tls.protection.RecordProtection.Opened;
import org.jspecify.annotations.Nullable;

/**
 * Opens the first record behind a gap. Records have no number on the wire, but it is part of what
 * their tag covers (RFC 5246 §6.2.3.3, RFC 8446 §5.3): numbers are tried until one fits.
 */
final class SequenceSearch {
  /** No more records are taken to be missing. */
  private static final int MOST_NUMBERS = 4096;

  /** Octets of ciphertext that are tried for one end of a connection. */
  private static final int BUDGET = 32 << 20;

  /** The least that a protected record has: its header, and a tag or MAC. */
  private static final int SHORTEST_RECORD = RecordHeader.LENGTH + 8;

  private int budget = BUDGET;

  /** The content, or null; then the protection is as it was. */
  @Nullable Opened open(RecordProtection keys, TlsRecord record, long missedOctets) {
    long first = keys.sequence();
    long most = Math.min(MOST_NUMBERS, 1 + missedOctets / SHORTEST_RECORD);
    int cost = 64 + record.fragment().length();
    for (long ahead = 0; ahead <= most && budget >= cost; ahead++) {
      keys.continueAt(first + ahead);
      budget -= cost;
      Opened opened = keys.open(record.type(), record.version(), record.fragment());
      if (opened != null) {
        return opened;
      }
    }
    keys.continueAt(first);
    return null;
  }
}
