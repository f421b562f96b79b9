package io.handshakelab.table;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects UTF-8 in one array and hands it on when that is full. Numbers become digits without an
 * object in between: this is where most of the time goes when a large table is written.
 */
final class ByteOutput {
  private static final int SIZE = 1 << 16;

  private static final int[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
  };

  /** A number of 31 bits times this, without the last 37 bits, is a hundredth of it. */
  private static final long HUNDREDTH = 1_374_389_535L;

  /** {@code 00} to {@code 99}. */
  private static final byte[] PAIRS = new byte[200];

  static {
    for (int i = 0; i < 100; i++) {
      PAIRS[2 * i] = (byte) ('0' + i / 10);
      PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
    }
  }

  /** More than any number takes. */
  private static final int NUMBER = 32;

  /** Null if it is kept. */
  private final @Nullable OutputStream out;

  private byte[] buffer;
  private int end;

  /** Keeps all of it, to be had by {@link #take}. */
  ByteOutput() {
    this(null, SIZE);
  }

  ByteOutput(OutputStream out) {
    this(out, SIZE);
  }

  ByteOutput(@Nullable OutputStream out, int size) {
    this.out = out;
    this.buffer = new byte[size];
  }

  /** Octets that were not handed on yet. */
  int size() {
    return end;
  }

  /** What was kept, and forgets it. */
  byte[] take() {
    byte[] all = Arrays.copyOf(buffer, end);
    end = 0;
    return all;
  }

  void ascii(int character) {
    room(1);
    buffer[end++] = (byte) character;
  }

  void bytes(byte[] bytes) {
    bytes(bytes, 0, bytes.length);
  }

  void bytes(byte[] bytes, int from, int count) {
    room(count);
    System.arraycopy(bytes, from, buffer, end, count);
    end += count;
  }

  /** A code point that is no surrogate (RFC 3629 §3). */
  void character(int c) {
    room(4);
    if (c < 0x80) {
      buffer[end++] = (byte) c;
    } else if (c < 0x800) {
      buffer[end++] = (byte) (0xc0 | c >> 6);
      buffer[end++] = (byte) (0x80 | (c & 0x3f));
    } else {
      if (c < 0x10000) {
        buffer[end++] = (byte) (0xe0 | c >> 12);
      } else {
        buffer[end++] = (byte) (0xf0 | c >> 18);
        buffer[end++] = (byte) (0x80 | (c >> 12 & 0x3f));
      }
      buffer[end++] = (byte) (0x80 | (c >> 6 & 0x3f));
      buffer[end++] = (byte) (0x80 | (c & 0x3f));
    }
  }

  void text(String text) {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  void number(long value) {
    room(NUMBER);
    if (value >= 0) {
      end = digits(value, end);
    } else if (value == Long.MIN_VALUE) {
      text(Long.toString(value));
    } else {
      buffer[end] = '-';
      end = digits(-value, end + 1);
    }
  }

  /** Nanoseconds as seconds, in plain decimals and with as many of them as are needed. */
  void seconds(long nanos) {
    room(NUMBER);
    if (nanos < 0) {
      buffer[end++] = '-';
    }
    long size = Math.abs(nanos);
    long whole = size / 1_000_000_000;
    end = digits(whole, end);
    int fraction = (int) (size - whole * 1_000_000_000);
    if (fraction == 0) {
      return;
    }
    buffer[end] = '.';
    padded(fraction, end + 1, 9);
    end += 10;
    while (buffer[end - 1] == '0') {
      end--;
    }
  }

  void flush() {
    if (out == null) {
      return;
    }
    try {
      out.write(buffer, 0, end);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    end = 0;
  }

  private int digits(long value, int at) {
    if (value > Integer.MAX_VALUE) {
      int past = digits(value / 1_000_000_000, at);
      padded((int) (value % 1_000_000_000), past, 9);
      return past + 9;
    }
    int number = (int) value;
    if (number < 10) {
      buffer[at] = (byte) ('0' + number);
      return at + 1;
    }
    int count = 2;
    while (count < POWERS.length && number >= POWERS[count]) {
      count++;
    }
    padded(number, at, count);
    return at + count;
  }

  /** Two digits at a time; the first compiler of the JVM divides, where it could multiply. */
  private void padded(int number, int at, int count) {
    byte[] target = buffer;
    int rest = number;
    int i = at + count;
    while (i - at >= 2) {
      int hundredth = (int) ((rest * HUNDREDTH) >>> 37);
      int pair = 2 * (rest - hundredth * 100);
      target[--i] = PAIRS[pair + 1];
      target[--i] = PAIRS[pair];
      rest = hundredth;
    }
    if (i > at) {
      target[at] = (byte) ('0' + rest);
    }
  }

  private void room(int count) {
    if (count > buffer.length - end) {
      makeRoom(count);
    }
  }

  private void makeRoom(int count) {
    flush();
    if (count > buffer.length - end) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, Math.addExact(end, count)));
    }
  }
}
