package io.handshakelab.table;

import java.nio.charset.StandardCharsets;

/**
 * Strings in JSON (RFC 8259 §7): the text exactly. What could play tricks on a terminal or is no
 * character by itself is written by its UTF-16 code units.
 */
final class JsonText {
  private static final String HEX = "0123456789abcdef";

  /** Which octets of ASCII stand for themselves. */
  private static final boolean[] PLAIN = new boolean[128];

  static {
    for (int c = ' '; c < 0x7f; c++) {
      PLAIN[c] = c != '"' && c != '\\';
    }
  }

  private JsonText() {}

  static void write(String text, ByteOutput out) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    if (isPlain(octets)) {
      out.ascii('"');
      out.bytes(octets);
      out.ascii('"');
    } else {
      out.text(quoted(text));
    }
  }

  static String quoted(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16).append('"');
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int units = Character.charCount(c);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          for (int unit = i; unit < i + units; unit++) {
            if (safe(c)) {
              out.append(text.charAt(unit));
            } else {
              number(text.charAt(unit), out);
            }
          }
        }
      }
      i += units;
    }
    return out.append('"').toString();
  }

  private static boolean isPlain(byte[] octets) {
    for (byte octet : octets) {
      if (octet < 0 || !PLAIN[octet]) {
        return false;
      }
    }
    return true;
  }

  private static void number(char unit, StringBuilder out) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt(unit >> shift & 0xf));
    }
  }

  private static boolean safe(int c) {
    if (c < 128) {
      return c >= ' ' && c != 0x7f;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
