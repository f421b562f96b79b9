package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts handshake messages together that lie across records, and takes apart records with many. */
final class HandshakeAssembler {
  private static final int HEADER = 4;
  private static final int UNKNOWN = -1;

  private final List<Bytes> parts = new ArrayList<>();
  private int length;
  private int wanted = UNKNOWN;
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
    List<Assembled> whole = new ArrayList<>();
    Bytes rest = content;
    while (!rest.isEmpty()) {
      int at = encrypted ? 0 : record.headerLength() + content.length() - rest.length();
      Origin here = new Origin(record, record.offset() + at, encrypted, decrypted);
      Origin from = origin == null ? here : origin;
      int take = Math.min(rest.length(), missing(rest));
      parts.add(rest.slice(0, take));
      length += take;
      rest = rest.from(take);
      if (length == HEADER && wanted == UNKNOWN) {
        wanted = HEADER + pending().u24(1);
      }
      if (length == wanted) {
        whole.add(new Assembled(pending(), from));
        clear();
      } else {
        origin = from;
      }
    }
    return whole;
  }

  /** What is there of a message that is not whole yet. */
  Bytes pending() {
    return parts.size() == 1 ? parts.get(0) : Bytes.concat(parts);
  }

  @Nullable Origin pendingOrigin() {
    return origin;
  }

  /** Forgets a message whose rest is missing. */
  void clear() {
    parts.clear();
    length = 0;
    wanted = UNKNOWN;
    origin = null;
  }

  /** Bytes missing to the whole message or, while its length is unknown, to its header. */
  private int missing(Bytes next) {
    if (length == 0 && next.length() >= HEADER) {
      wanted = HEADER + next.u24(1);
    }
    return (wanted == UNKNOWN ? HEADER : wanted) - length;
  }
}
