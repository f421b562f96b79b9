package io.handshakelab.bytes;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An immutable run of bytes, equal by content. A slice shares its memory with the whole, so slicing
 * costs nothing and a mapped file is never copied. Numbers are big-endian and unsigned.
 */
public final class Bytes {
  public static final Bytes EMPTY = new Bytes(ByteBuffer.allocate(0), 0, 0);

  private final ByteBuffer buffer;
  private final int start;
  private final int length;

  private Bytes(ByteBuffer buffer, int start, int length) {
    this.buffer = buffer;
    this.start = start;
    this.length = length;
  }

  /** A copy of these bytes. */
  public static Bytes of(byte... bytes) {
    return bytes.length == 0 ? EMPTY : wrap(bytes.clone());
  }

  /** These bytes without a copy: the caller must not change them any more. */
  public static Bytes wrap(byte[] bytes) {
    return new Bytes(ByteBuffer.wrap(bytes), 0, bytes.length);
  }

  /** What remains in the buffer, without a copy; its position is neither used later nor changed. */
  public static Bytes wrap(ByteBuffer buffer) {
    ByteBuffer own = buffer.slice();
    return new Bytes(own, 0, own.limit());
  }

  public static Bytes fromHex(String hex) {
    return wrap(Hex.parse(hex));
  }

  public static Bytes utf8(String text) {
    return wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** One run made of several, copied. */
  public static Bytes concat(List<Bytes> parts) {
    long total = 0;
    for (Bytes part : parts) {
      total += part.length;
    }
    byte[] all = new byte[Math.toIntExact(total)];
    int at = 0;
    for (Bytes part : parts) {
      part.copyTo(0, all, at, part.length);
      at += part.length;
    }
    return wrap(all);
  }

  public int length() {
    return length;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  public int u8(int at) {
    return buffer.get(index(at, 1)) & 0xff;
  }

  public int u16(int at) {
    return buffer.getShort(index(at, 2)) & 0xffff;
  }

  public int u24(int at) {
    return u8(at) << 16 | u16(at + 1);
  }

  public long u32(int at) {
    return buffer.getInt(index(at, 4)) & 0xffff_ffffL;
  }

  /** Eight bytes as a signed long: the top bit is the sign. */
  public long i64(int at) {
    return buffer.getLong(index(at, 8));
  }

  /** The bytes from {@code from} up to, and without, {@code to}. */
  public Bytes slice(int from, int to) {
    if (from < 0 || to < from || to > length) {
      throw new IndexOutOfBoundsException("slice " + from + ".." + to + " of " + length);
    }
    return new Bytes(buffer, start + from, to - from);
  }

  public Bytes from(int from) {
    return slice(from, length);
  }

  public byte[] toArray() {
    byte[] copy = new byte[length];
    copyTo(0, copy, 0, length);
    return copy;
  }

  public void copyTo(int from, byte[] target, int at, int count) {
    if (count > 0) {
      buffer.get(index(from, count), target, at, count);
    }
  }

  /** As one unsigned number. */
  public BigInteger unsigned() {
    return new BigInteger(1, toArray());
  }

  public String hex() {
    return Hex.of(toArray());
  }

  /** As Latin-1 text, one character for each byte: not escaped for display. */
  public String latin1() {
    return new String(toArray(), StandardCharsets.ISO_8859_1);
  }

  public ByteReader reader() {
    return new ByteReader(this);
  }

  /** The offset of the first such byte at or after {@code from}, or -1. */
  public int indexOf(int value, int from) {
    for (int i = Math.max(0, from); i < length; i++) {
      if (u8(i) == value) {
        return i;
      }
    }
    return -1;
  }

  public boolean startsWith(Bytes prefix) {
    return length >= prefix.length && slice(0, prefix.length).equals(prefix);
  }

  private int index(int at, int width) {
    if (at < 0 || width > length - at) {
      throw new IndexOutOfBoundsException(width + " bytes at " + at + " of " + length);
    }
    return start + at;
  }

  private ByteBuffer view() {
    return buffer.slice(start, length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && length == that.length && view().equals(that.view());
  }

  @Override
  public int hashCode() {
    return view().hashCode();
  }

  @Override
  public String toString() {
    return length <= 32 ? hex() : slice(0, 32).hex() + "… (" + length + " bytes)";
  }
}
