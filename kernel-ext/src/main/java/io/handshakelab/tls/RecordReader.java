package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tcp.StreamView;
import org.jspecify.annotations.Nullable;

/** Cuts what one end sent into records, until the bytes end or are no records any more. */
final class RecordReader {
  private final StreamView view;
  private final int length;
  private final boolean sslV2;
  private int offset;

  /** What was looked at last, and lies together. */
  private Bytes atHand = Bytes.EMPTY;

  private int atHandFrom;
  private @Nullable String trouble;
  private boolean cutOff;

  /**
   * Reads from this offset on, at which a record should begin.
   *
   * @param sslV2 whether SSL 2.0 is spoken, of which the first record is told apart, and no other
   */
  RecordReader(StreamView view, int from, boolean sslV2) {
    this.view = view;
    this.sslV2 = sslV2;
    this.length = view.length();
    this.offset = from;
  }

  /**
   * The next record, or null at the end, or where {@link #trouble} begins. Of a record with
   * handshake messages that is cut off, what is there comes last.
   */
  @Nullable TlsRecord next() {
    int left = length - offset;
    if (left <= 0 || trouble != null) {
      return null;
    }
    if (offset == 0 && left >= SslV2.SHORTEST_HELLO) {
      Bytes start = view.slice(0, SslV2.SHORTEST_HELLO);
      if (SslV2.isClientHello(start)) {
        return sslV2(start);
      }
    }
    if (sslV2) {
      return sslV2();
    }
    if (left < RecordHeader.LENGTH) {
      return cutOff("record header cut off");
    }
    Bytes header = slice(offset, offset + RecordHeader.LENGTH);
    trouble = RecordHeader.trouble(header, 0);
    if (trouble != null) {
      return null;
    }
    int fragment = RecordHeader.fragmentLength(header, 0);
    int from = offset + RecordHeader.LENGTH;
    if (fragment > length - from) {
      TlsRecord nothing =
          cutOff("record cut off, " + (length - from) + " of " + fragment + " bytes are here");
      return RecordHeader.type(header, 0) == TlsRecord.HANDSHAKE && from < length
          ? new TlsRecord(
              TlsRecord.CUT_HANDSHAKE,
              RecordHeader.version(header, 0),
              offset,
              RecordHeader.LENGTH,
              view.slice(from, length))
          : nothing;
    }
    TlsRecord record =
        new TlsRecord(
            RecordHeader.type(header, 0),
            RecordHeader.version(header, 0),
            offset,
            RecordHeader.LENGTH,
            slice(from, from + fragment));
    offset = from + fragment;
    return record;
  }

  /** Why nothing more can be read although bytes are left, or null. */
  @Nullable String trouble() {
    return trouble;
  }

  /** Whether what is left is the beginning of a record that goes on where nothing was captured. */
  boolean isCutOff() {
    return cutOff;
  }

  /** Where the next record would begin. */
  int offset() {
    return offset;
  }

  Bytes rest() {
    return view.slice(offset, length);
  }

  /** Mostly of what is at hand already. */
  private Bytes slice(int from, int to) {
    if (from < atHandFrom || to > atHandFrom + atHand.length()) {
      Bytes next = view.uncopied(from);
      if (next.length() < to - from) {
        return view.slice(from, to);
      }
      atHand = next;
      atHandFrom = from;
    }
    return atHand.slice(from - atHandFrom, to - atHandFrom);
  }

  private @Nullable TlsRecord sslV2(Bytes start) {
    int whole = SslV2.HEADER + (start.u16(0) & 0x7fff);
    if (whole > length) {
      return cutOff("record cut off, " + length + " of " + whole + " bytes are here");
    }
    offset = whole;
    return new TlsRecord(
        TlsRecord.SSL_V2_HELLO, start.u16(3), 0, SslV2.HEADER, view.slice(SslV2.HEADER, whole));
  }

  private TlsRecord sslV2() {
    Bytes start = view.slice(offset, Math.min(length, offset + SslV2.SHORTEST_SERVER_HELLO));
    boolean first = offset == 0 && start.length() > SslV2.HEADER && (start.u8(0) & 0x80) != 0;
    int whole = first ? SslV2.HEADER + (start.u16(0) & 0x7fff) : length - offset;
    int from = offset;
    offset = Math.min(length, from + whole);
    int header = first ? SslV2.HEADER : 0;
    return new TlsRecord(
        TlsRecord.SSL_V2, SslV2.VERSION, from, header, view.slice(from + header, offset));
  }

  private @Nullable TlsRecord cutOff(String why) {
    trouble = why;
    cutOff = true;
    return null;
  }
}
