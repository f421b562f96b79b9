package io.handshakelab.tls;

import io.handshakelab.tcp.Sender;
import io.handshakelab.tls.protection.RecordProtection;
import io.handshakelab.tls.protection.RecordProtection.Opened;
import io.handshakelab.tls.protection.Tls13Protection;
import org.jspecify.annotations.Nullable;

/** Opens records, with the keys that are in use or with those that come next. */
final class RecordOpener {
  private final Handshake handshake;
  private final SequenceSearch search = new SequenceSearch();

  RecordOpener(Handshake handshake) {
    this.handshake = handshake;
  }

  /** From TLS 1.3 on encrypted records pretend to be application data (RFC 8446 §5.2). */
  boolean isTls13Ciphertext(Direction from, TlsRecord record) {
    return record.type() == TlsRecord.APPLICATION_DATA
        && (handshake.isTls13()
            || (handshake.version() == null
                && from.role() == Sender.CLIENT
                && handshake.offersEarlyData()));
  }

  /**
   * Up to TLS 1.2 it cannot be seen whether a record is encrypted: where it is not known, for
   * something is missing, its content tells.
   */
  void decide(Direction from, TlsRecord record) {
    if (from.isUncertain() && !from.isSecured() && !handshake.isTls13()) {
      if (!ClearRecord.isClear(record) && !isTls13Ciphertext(from, record)) {
        from.secure(handshake.tls12Protection(from.role()));
      }
    }
  }

  /** Up to TLS 1.2 all that comes behind ChangeCipherSpec is encrypted (RFC 5246 §7.1). */
  boolean isTls12Ciphertext(Direction from, TlsRecord record) {
    // Early data are of TLS 1.3, in which no other type is encrypted.
    return from.isSecured()
        && !handshake.isTls13()
        && from.epoch() != Epoch.EARLY
        && !isStrayAlert(from, record);
  }

  /** An alert in the clear although records should be encrypted, as far as is known. */
  private static boolean isStrayAlert(Direction from, TlsRecord record) {
    return from.protection() == null
        && record.type() == TlsRecord.ALERT
        && ClearRecord.isClear(record);
  }

  /** What a record of TLS 1.2 or older holds, or null. */
  @Nullable Opened open(Direction from, TlsRecord record) {
    Opened opened = from.open(record);
    RecordProtection keys = from.protection();
    if (opened != null || keys == null) {
      return opened;
    }
    if (from.mayBeBehindGap()) {
      opened = search.open(keys, record, from.missedOctets());
      if (opened != null) {
        from.settle();
        return opened;
      }
    }
    keys.passOver(record.fragment());
    return null;
  }

  /** What such a record of TLS 1.3 holds, or null. */
  @Nullable Opened openTls13(Direction from, TlsRecord record) {
    if (handshake.version() == null && from.epoch() == null) {
      from.secure(Epoch.EARLY, null);
    }
    Opened opened = from.open(record);
    if (opened != null) {
      return opened;
    }
    boolean behindGap = from.mayBeBehindGap();
    RecordProtection present = from.protection();
    if (behindGap && present != null) {
      opened = search.open(present, record, from.missedOctets());
      if (opened != null) {
        from.settle();
        return opened;
      }
    }
    return handshake.version() == null
        ? tryEarlyKeys(from, record)
        : tryLaterKeys(from, record, behindGap);
  }

  /** Before the ServerHello it is not known which suite early data are under. */
  private @Nullable Opened tryEarlyKeys(Direction from, TlsRecord record) {
    for (Tls13Protection keys : handshake.earlyProtections()) {
      Opened opened = keys.open(record.type(), record.version(), record.fragment());
      if (opened != null) {
        from.secure(Epoch.EARLY, keys);
        from.settle();
        return opened;
      }
    }
    return null;
  }

  /** Keys may be missing for one epoch only, and early data may have been refused. */
  private @Nullable Opened tryLaterKeys(Direction from, TlsRecord record, boolean behindGap) {
    Epoch present = from.epoch();
    for (Epoch epoch = Epoch.HANDSHAKE; epoch != null; epoch = epoch.next()) {
      boolean later = present == null || epoch.compareTo(present) > 0;
      Tls13Protection keys = later ? handshake.tls13Protection(from.role(), epoch) : null;
      if (keys == null) {
        continue;
      }
      Opened opened =
          behindGap
              ? search.open(keys, record, from.missedOctets())
              : keys.open(record.type(), record.version(), record.fragment());
      if (opened != null) {
        from.secure(epoch, keys);
        from.settle();
        return opened;
      }
    }
    Opened opened = tryLoggedUpdates(from, record, behindGap);
    return opened == null && behindGap ? tryUpdatedKeys(from, record) : opened;
  }

  /** The key log may have secrets that follow upon one that it does not have. */
  private @Nullable Opened tryLoggedUpdates(Direction from, TlsRecord record, boolean behindGap) {
    if (from.epoch() == Epoch.APPLICATION) {
      for (Tls13Protection keys : handshake.loggedUpdates(from.role())) {
        Opened opened =
            behindGap
                ? search.open(keys, record, from.missedOctets())
                : keys.open(record.type(), record.version(), record.fragment());
        if (opened != null) {
          from.secure(Epoch.APPLICATION, keys);
          from.settle();
          return opened;
        }
      }
    }
    return null;
  }

  /** The KeyUpdate may have been in the gap. */
  private @Nullable Opened tryUpdatedKeys(Direction from, TlsRecord record) {
    if (from.epoch() == Epoch.APPLICATION && from.protection() instanceof Tls13Protection keys) {
      Tls13Protection updated = keys.updated();
      Opened opened = search.open(updated, record, from.missedOctets());
      if (opened != null) {
        from.secure(Epoch.APPLICATION, updated);
        from.settle();
        return opened;
      }
    }
    return null;
  }
}
