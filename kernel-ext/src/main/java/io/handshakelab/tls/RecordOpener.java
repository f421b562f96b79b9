package io.handshakelab.tls;

import io.handshakelab.tcp.Sender;
import io.handshakelab.tls.protection.RecordProtection.Opened;
import io.handshakelab.tls.protection.Tls13Protection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens records, with the keys that are in use or with those that come next. */
final class RecordOpener {
  private final Handshake handshake;

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

  /** Whether it is in the clear although records should be encrypted, as far as is known. */
  boolean isStrayClear(Direction from, TlsRecord record) {
    return from.protection() == null
        && record.type() == TlsRecord.ALERT
        && ClearRecord.isClear(record);
  }

  /** What a record of TLS 1.2 or older holds, or null. */
  @Nullable Opened open(Direction from, TlsRecord record) {
    return from.open(record);
  }

  /** What such a record of TLS 1.3 holds, or null. */
  @Nullable Opened openTls13(Direction from, TlsRecord record) {
    if (handshake.version() == null && from.epoch() == null) {
      from.secure(Epoch.EARLY, null);
    }
    Opened opened = from.open(record);
    return opened == null ? tryLaterKeys(from, record) : opened;
  }

  /** Keys may be missing for one epoch only, and early data may have been refused. */
  private @Nullable Opened tryLaterKeys(Direction from, TlsRecord record) {
    List<Tls13Protection> candidates = new ArrayList<>();
    List<Epoch> epochs = new ArrayList<>();
    if (handshake.version() == null) {
      for (Tls13Protection keys : handshake.earlyProtections()) {
        candidates.add(keys);
        epochs.add(Epoch.EARLY);
      }
    } else {
      for (Epoch epoch : List.of(Epoch.HANDSHAKE, Epoch.APPLICATION)) {
        Epoch present = from.epoch();
        Tls13Protection keys = handshake.tls13Protection(from.role(), epoch);
        if (keys != null && (present == null || epoch.compareTo(present) > 0)) {
          candidates.add(keys);
          epochs.add(epoch);
        }
      }
    }
    for (int i = 0; i < candidates.size(); i++) {
      Opened opened = candidates.get(i).open(record.type(), record.version(), record.fragment());
      if (opened != null) {
        from.secure(epochs.get(i), candidates.get(i));
        return opened;
      }
    }
    return null;
  }
}
