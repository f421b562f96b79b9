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

  /** More than any number takes. */
  private static final int NUMBER = 32;

  private final OutputStream out;
  private byte[] buffer = new byte[SIZE];
  private int end;

  ByteOutput(OutputStream out) {
    this.out = out;
  }

  void ascii(int character) {
    room(1);
    buffer[end++] = (byte) character;
  }

  void bytes(byte[] bytes) {
    bytes(bytes, bytes.length);
  }

  void bytes(byte[] bytes, int count) {
    room(count);
    System.arraycopy(bytes, 0, buffer, end, count);
    end += count;
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
    for (int at = end + places; at > end; at--) {
      buffer[at] = (byte) ('0' + fraction % 10);
      fraction /= 10;
    }
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
    int count = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      count++;
    }
    if (value <= Integer.MAX_VALUE) {
      int rest = (int) value;
      for (int i = at + count - 1; i >= at; i--) {
        int tenth = rest / 10;
        buffer[i] = (byte) ('0' + rest - tenth * 10);
        rest = tenth;
      }
    } else {
      long rest = value;
      for (int i = at + count - 1; i >= at; i--) {
        buffer[i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }
    return at + count;
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
