package io.handshakelab.tls;

import io.handshakelab.bytes.ByteReader;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import org.jspecify.annotations.Nullable;

/** Cuts what one end sent into records, until the bytes end or are no records any more. */
final class RecordReader {
  static final int HEADER = 5;

  /** 2^14 and what the cipher may add (RFC 5246 §6.2.3). */
  static final int MAX_FRAGMENT = (1 << 14) + 2048;

  private final Bytes stream;
  private int offset;
  private @Nullable String trouble;

  RecordReader(Bytes stream) {
    this.stream = stream;
  }

  /** Whether these bytes begin with something that only TLS begins with. */
  static boolean looksLikeTls(Bytes stream) {
    if (isSslV2Hello(stream)) {
      return true;
    }
    if (stream.length() < HEADER || headerTrouble(stream, 0) != null) {
      return false;
    }
    int next = HEADER + stream.u16(3);
    return stream.u16(3) > 0
        && (next + HEADER > stream.length() || headerTrouble(stream, next) == null);
  }

  /** The next record, or null at the end, or where {@link #trouble} begins. */
  @Nullable TlsRecord next() {
    int left = stream.length() - offset;
    if (left == 0 || trouble != null) {
      return null;
    }
    if (offset == 0 && isSslV2Hello(stream)) {
      return sslV2();
    }
    if (left < HEADER) {
      trouble = "record header cut off";
      return null;
    }
    trouble = headerTrouble(stream, offset);
    if (trouble != null) {
      return null;
    }
    try {
      ByteReader in = stream.from(offset).reader();
      int type = in.u8("type");
      int version = in.u16("version");
      int length = in.u16("length");
      if (length > in.remaining()) {
        trouble = "record cut off, " + in.remaining() + " of " + length + " bytes are here";
        return null;
      }
      TlsRecord record = new TlsRecord(type, version, offset, HEADER, in.bytes(length, "fragment"));
      offset = record.lastOffset() + 1;
      return record;
    } catch (Malformed e) {
      trouble = e.reason();
      return null;
    }
  }

  /** Why nothing more can be read although bytes are left, or null. */
  @Nullable String trouble() {
    return trouble;
  }

  /** Whether what is left is the beginning of a record that goes on where nothing was captured. */
  boolean isCutOff() {
    return trouble != null && trouble.contains("cut off");
  }

  /** Where the next record would begin. */
  int offset() {
    return offset;
  }

  Bytes rest() {
    return stream.from(offset);
  }

  private @Nullable TlsRecord sslV2() {
    int length = 2 + (stream.u16(0) & 0x7fff);
    if (length > stream.length()) {
      trouble = "record cut off, " + stream.length() + " of " + length + " bytes are here";
      return null;
    }
    offset = length;
    return new TlsRecord(TlsRecord.SSL_V2_HELLO, stream.u16(3), 0, 2, stream.slice(2, length));
  }

  /** The top bit of the length is set, and it is a ClientHello for SSL 2, 3 or TLS (§E.2). */
  private static boolean isSslV2Hello(Bytes stream) {
    return stream.length() >= 11
        && (stream.u8(0) & 0x80) != 0
        && stream.u8(2) == 1
        && (stream.u16(3) == 0x0002 || (stream.u8(3) == 3 && stream.u8(4) <= 4))
        && 9 + stream.u16(5) + stream.u16(7) + stream.u16(9) == (stream.u16(0) & 0x7fff);
  }

  private static @Nullable String headerTrouble(Bytes stream, int at) {
    int type = stream.u8(at);
    if (type < TlsRecord.CHANGE_CIPHER_SPEC || type > TlsRecord.HEARTBEAT) {
      return "content type " + type + " is none of TLS";
    }
    if (stream.u8(at + 1) != 3 || stream.u8(at + 2) > 4) {
      return "record version is none of TLS";
    }
    int length = stream.u16(at + 3);
    return length > MAX_FRAGMENT ? "record of " + length + " bytes is too long" : null;
  }
}
