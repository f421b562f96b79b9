package io.handshakelab.bytes;

/**
 * The only cursor: reads big-endian numbers and length-prefixed vectors (RFC 8446 §3.4), and fails
 * with {@link Malformed} where the bytes end too soon. A nested structure gets a reader of its own,
 * which must {@link #end} empty. Offsets in failures count from the outermost bytes.
 */
public final class ByteReader {
  private final Bytes bytes;
  private final int base;
  private int position;

  ByteReader(Bytes bytes) {
    this(bytes, 0);
  }

  private ByteReader(Bytes bytes, int base) {
    this.bytes = bytes;
    this.base = base;
  }

  /** Offset of the next byte from the start of the outermost bytes. */
  public int offset() {
    return base + position;
  }

  public int remaining() {
    return bytes.length() - position;
  }

  public boolean hasRemaining() {
    return remaining() > 0;
  }

  public int u8(String what) throws Malformed {
    return bytes.u8(advance(1, what));
  }

  public int u16(String what) throws Malformed {
    return bytes.u16(advance(2, what));
  }

  public int u24(String what) throws Malformed {
    return bytes.u24(advance(3, what));
  }

  public long u32(String what) throws Malformed {
    return bytes.u32(advance(4, what));
  }

  /** Eight bytes; the top bit becomes the sign. */
  public long i64(String what) throws Malformed {
    return bytes.i64(advance(8, what));
  }

  public Bytes bytes(int count, String what) throws Malformed {
    int at = advance(count, what);
    return bytes.slice(at, at + count);
  }

  public Bytes rest() {
    Bytes rest = bytes.from(position);
    position = bytes.length();
    return rest;
  }

  /** What {@link #rest} would give, without passing over it. */
  public Bytes peek() {
    return bytes.from(position);
  }

  /** A reader over the next {@code count} bytes, which this one passes over. */
  public ByteReader reader(int count, String what) throws Malformed {
    int at = advance(count, what);
    return new ByteReader(bytes.slice(at, at + count), base + at);
  }

  /** A vector with a length of one byte before it. */
  public ByteReader vector8(String what) throws Malformed {
    return reader(u8(what), what);
  }

  /** A vector with a length of two bytes before it. */
  public ByteReader vector16(String what) throws Malformed {
    return reader(u16(what), what);
  }

  /** A vector with a length of three bytes before it. */
  public ByteReader vector24(String what) throws Malformed {
    return reader(u24(what), what);
  }

  /** Says that the structure is over: anything left is an error. */
  public void end(String what) throws Malformed {
    if (remaining() > 0) {
      throw new Malformed(
          offset(),
          remaining() + (remaining() == 1 ? " byte" : " bytes") + " too many after " + what);
    }
  }

  private int advance(int count, String what) throws Malformed {
    if (count < 0 || count > remaining()) {
      throw new Malformed(
          offset(), what + " needs " + count + " bytes, " + remaining() + " are left");
    }
    int at = position;
    position += count;
    return at;
  }
}
