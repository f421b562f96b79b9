package io.handshakelab.bytes;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An immutable run of bytes, equal by content. A slice shares its memory with the whole, so slicing
 * costs nothing. The whole may be a file that is larger than the memory: {@link #ofFile}. Numbers
 * are big-endian and unsigned.
 */
public final class Bytes {
  public static final Bytes EMPTY = new Bytes(new byte[0], null, 0, 0);

  /** Empty if the bytes lie in a file. */
  private final byte[] array;

  private final @Nullable PagedFile file;
  private final int start;
  private final int length;

  private Bytes(byte[] array, @Nullable PagedFile file, int start, int length) {
    this.array = array;
    this.file = file;
    this.start = start;
    this.length = length;
  }

  /** A copy of these bytes. */
  public static Bytes of(byte... bytes) {
    return bytes.length == 0 ? EMPTY : wrap(bytes.clone());
  }

  /** These bytes without a copy: the caller must not change them any more. */
  public static Bytes wrap(byte[] bytes) {
    return new Bytes(bytes, null, 0, bytes.length);
  }

  /** The content of a file, of which only some pages are in memory at any time. */
  public static Bytes ofFile(PagedFile file) {
    return new Bytes(EMPTY.array, file, 0, file.length());
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
    int i = index(at, 1);
    return file == null ? array[i] & 0xff : file.u8(i);
  }

  public int u16(int at) {
    int i = index(at, 2);
    return file == null
        ? (array[i] & 0xff) << 8 | (array[i + 1] & 0xff)
        : file.u8(i) << 8 | file.u8(i + 1);
  }

  public int u24(int at) {
    return u8(at) << 16 | u16(at + 1);
  }

  public long u32(int at) {
    int i = index(at, 4);
    int value =
        file == null
            ? array[i] << 24
                | (array[i + 1] & 0xff) << 16
                | (array[i + 2] & 0xff) << 8
                | (array[i + 3] & 0xff)
            : file.i32(i);
    return value & 0xffff_ffffL;
  }

  /** Eight bytes as a signed long: the top bit is the sign. */
  public long i64(int at) {
    return u32(at) << 32 | u32(at + 4);
  }

  /** The bytes from {@code from} up to, and without, {@code to}. */
  public Bytes slice(int from, int to) {
    if (from < 0 || to < from || to > length) {
      throw new IndexOutOfBoundsException("slice " + from + ".." + to + " of " + length);
    }
    return new Bytes(array, file, start + from, to - from);
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
    int i = index(from, count);
    if (file == null) {
      System.arraycopy(array, i, target, at, count);
    } else {
      file.copyTo(i, target, at, count);
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

  /**
   * A run of bytes in memory that has these in it, at {@link #offsetInMemory}: the same run for
   * many slices, so that reading through it costs nothing more.
   */
  public Bytes inMemory(int from, int count) {
    return file == null ? this : file.inMemory(index(from, count), count);
  }

  /** Where in {@link #inMemory} the byte at {@code from} stands. */
  public int offsetInMemory(int from, int count) {
    return file == null ? from : file.offsetInMemory(start + from, count);
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
      throw outside(at, width);
    }
    return start + at;
  }

  /** Apart, so that what asks for every octet stays small enough to be inlined. */
  private IndexOutOfBoundsException outside(int at, int width) {
    return new IndexOutOfBoundsException(width + " bytes at " + at + " of " + length);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Bytes that) || length != that.length) {
      return false;
    }
    if (file == null && that.file == null) {
      return Arrays.equals(
          array, start, start + length, that.array, that.start, that.start + length);
    }
    return Arrays.equals(toArray(), that.toArray());
  }

  @Override
  public int hashCode() {
    if (file != null) {
      return wrap(toArray()).hashCode();
    }
    int hash = 1;
    for (int i = start; i < start + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return length <= 32 ? hex() : slice(0, 32).hex() + "… (" + length + " bytes)";
  }
}
