package io.handshakelab.table;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Collects UTF-8 in one array and hands it on when that is full. Numbers become digits without an
 * object in between: this is where most of the time goes when a large table is written.
 */
final class ByteOutput {
  private static final int SIZE = 1 << 16;

  private static final int[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
  };

  /** More than any number takes. */
  private static final int NUMBER = 32;

  private final OutputStream out;
  private byte[] buffer;
  private int end;

  ByteOutput(OutputStream out) {
    this(out, SIZE);
  }

  ByteOutput(OutputStream out, int size) {
    this.out = out;
    this.buffer = new byte[size];
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
    end = digits(size / 1_000_000_000, end);
    int fraction = (int) (size % 1_000_000_000);
    if (fraction == 0) {
      return;
    }
    int places = 9;
    while (fraction % 10 == 0) {
      fraction /= 10;
      places--;
    }
    buffer[end] = '.';
    padded(fraction, end + 1, places);
    end += places + 1;
  }

  void flush() {
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
    int count = 1;
    while (count < POWERS.length && number >= POWERS[count]) {
      count++;
    }
    padded(number, at, count);
    return at + count;
  }

  private void padded(int number, int at, int count) {
    int rest = number;
    for (int i = at + count - 1; i >= at; i--) {
      int tenth = rest / 10;
      buffer[i] = (byte) ('0' + rest - tenth * 10);
      rest = tenth;
    }
  }

  private void room(int count) {
    if (count <= buffer.length - end) {
      return;
    }
    flush();
    if (count > buffer.length) {
      buffer = new byte[count];
    }
  }
}
