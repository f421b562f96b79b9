package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts handshake messages together that lie across records, and takes apart records with many. What
 * is kept of a message is what came of it, whatever length its header claims.
 */
final class HandshakeAssembler {
  private static final int HEADER = 4;

  /** Of a message that began in an earlier record. */
  private byte[] kept = new byte[0];

  private int length;
  private @Nullable Origin origin;

  /**
   * Where a message began.
   *
   * @param record that carries its first byte
   * @param firstByte offset of that byte in the stream, of the record if it is encrypted
   */
  record Origin(TlsRecord record, int firstByte, boolean encrypted, boolean decrypted) {}

  /** A whole message with its header. */
  record Assembled(Bytes message, Origin origin) {}

  /** Takes the content of one more record and gives the messages that are whole now. */
  List<Assembled> add(TlsRecord record, Bytes content, boolean encrypted, boolean decrypted) {
    List<Assembled> whole = new ArrayList<>(4);
    int at = 0;
    Origin begun = origin;
    if (begun != null) {
      at = fill(content);
      if (!isWhole()) {
        return whole;
      }
      whole.add(new Assembled(pending(), begun));
      clear();
    }
    while (at < content.length()) {
      int left = content.length() - at;
      int inStream = encrypted ? 0 : record.headerLength() + at;
      Origin here = new Origin(record, record.offset() + inStream, encrypted, decrypted);
      if (left < HEADER || content.u24(at + 1) > left - HEADER) {
        origin = here;
        append(content.from(at));
        return whole;
      }
      int end = at + HEADER + content.u24(at + 1);
      whole.add(new Assembled(content.slice(at, end), here));
      at = end;
    }
    return whole;
  }

  /** What is there of a message that is not whole yet. */
  Bytes pending() {
    return length == 0 ? Bytes.EMPTY : Bytes.wrap(Arrays.copyOf(kept, length));
  }

  @Nullable Origin pendingOrigin() {
    return origin;
  }

  /** Forgets a message whose rest is missing. */
  void clear() {
    kept = new byte[0];
    length = 0;
    origin = null;
  }

  /** Takes of this content what belongs to the message that has begun, and gives how much. */
  private int fill(Bytes content) {
    int at = 0;
    if (length < HEADER) {
      at = Math.min(HEADER - length, content.length());
      append(content.slice(0, at));
    }
    if (length >= HEADER) {
      int take = Math.min(HEADER + bodyLength() - length, content.length() - at);
      append(content.slice(at, at + take));
      at += take;
    }
    return at;
  }

  private boolean isWhole() {
    return length >= HEADER && length == HEADER + bodyLength();
  }

  private int bodyLength() {
    return (kept[1] & 0xff) << 16 | (kept[2] & 0xff) << 8 | (kept[3] & 0xff);
  }

  private void append(Bytes more) {
    int total = length + more.length();
    if (total > kept.length) {
      kept = Arrays.copyOf(kept, Math.max(total, 2 * kept.length));
    }
    more.copyTo(0, kept, length, more.length());
    length = total;
  }
}
