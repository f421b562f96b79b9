package io.handshakelab.table;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.text.Escape;
import io.handshakelab.tls.Field;
import java.util.List;

/** The bytes of a message as text: each field begins a line, with its name beside its bytes. */
final class FieldDump {
  private static final int WIDTH = 16;
  private static final int MOST_LINES = 64;

  private FieldDump() {}

  static String of(List<Field> fields) {
    StringBuilder text = new StringBuilder();
    for (Field field : fields) {
      Bytes bytes = field.bytes();
      int lines = Math.min(MOST_LINES, (bytes.length() + WIDTH - 1) / WIDTH);
      for (int line = 0; line < lines; line++) {
        int from = line * WIDTH;
        number(text, field.offset() + from);
        octets(text, bytes.slice(from, Math.min(bytes.length(), from + WIDTH)));
        if (line == 0) {
          text.append("  ").append(Escape.line(field.path() + " = " + field.value()));
        }
        text.append('\n');
      }
      int left = bytes.length() - lines * WIDTH;
      if (left > 0) {
        text.append("      … ").append(left).append(" more bytes\n");
      }
    }
    return text.toString().stripTrailing();
  }

  private static void number(StringBuilder text, int offset) {
    String digits = Integer.toHexString(offset);
    text.append("0".repeat(Math.max(0, 6 - digits.length()))).append(digits).append("  ");
  }

  private static void octets(StringBuilder text, Bytes bytes) {
    for (int i = 0; i < WIDTH; i++) {
      if (i < bytes.length()) {
        text.append(Character.forDigit(bytes.u8(i) >> 4, 16));
        text.append(Character.forDigit(bytes.u8(i) & 15, 16)).append(' ');
      } else {
        text.append("   ");
      }
    }
    text.append(' ');
    for (int i = 0; i < WIDTH; i++) {
      int octet = i < bytes.length() ? bytes.u8(i) : 0x20;
      text.append(i >= bytes.length() ? ' ' : octet > 0x20 && octet < 0x7f ? (char) octet : '·');
    }
  }
}
