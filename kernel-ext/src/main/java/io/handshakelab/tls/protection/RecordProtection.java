package io.handshakelab.tls.protection;

import io.handshakelab.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/** Opens the records of one direction, one after the other, under one key. */
public interface RecordProtection {

  /**
   * The content of the next record, or null if it is not authentic under this key; then the record
   * does not count.
   *
   * @param type the record's content type, as it stands in its header
   * @param version the record's version, as it stands in its header
   */
  @Nullable Opened open(int type, int version, Bytes fragment);

  /** Number of the next record, from 0. */
  long sequence();

  /**
   * Goes on with another number, where records are missing. A stream cipher, and the chained blocks
   * of TLS 1.0, cannot be opened behind a gap all the same.
   */
  void continueAt(long sequence);

  /** Records are missing before the next one: what it takes over from them is not known. */
  default void lose() {}

  /**
   * A record goes by that cannot be opened. Where one record's last block is the next one's IV (TLS
   * 1.0, RFC 2246 §6.2.3.2), that much of it is of use.
   */
  default void passOver(Bytes fragment) {}

  /** Gives back what it holds outside the heap; nothing is opened after that. */
  default void close() {}

  /** What was inside: in TLS 1.3 the type is inside as well (RFC 8446 §5.2). */
  record Opened(int type, Bytes content) {}
}
