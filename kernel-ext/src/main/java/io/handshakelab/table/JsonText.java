package io.handshakelab.table;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Strings in JSON (RFC 8259 §7): the text exactly. What could play tricks on a terminal or is no
 * character by itself is written by its UTF-16 code units.
 */
final class JsonText {
  private static final String HEX = "0123456789abcdef";

  /** What UTF-8 has in the place of half a surrogate pair. */
  private static final int LOST = '?';

  /** Which octets of ASCII stand for themselves. */
  private static final boolean[] PLAIN = new boolean[128];

  static {
    for (int c = ' '; c < 0x7f; c++) {
      PLAIN[c] = c != '"' && c != '\\';
    }
  }

  private JsonText() {}

  static void write(String text, ByteOutput out) {
    out.ascii('"');
    inside(text, out);
    out.ascii('"');
  }

  /** Without quotation marks around it. */
  static void inside(String text, ByteOutput out) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    int done = 0;
    int at = 0;
    for (int i = 0; at < octets.length; i++) {
      int octet = octets[at];
      if (octet >= 0 && PLAIN[octet] && (octet != LOST || text.charAt(i) == LOST)) {
        at++;
      } else {
        out.bytes(octets, done, at - done);
        int c = text.codePointAt(i);
        character(c, out);
        i += Character.charCount(c) - 1;
        at += octetsFrom(octet);
        done = at;
      }
    }
    out.bytes(octets, done, at - done);
  }

  /** How many octets a character takes that begins with this one (RFC 3629 §3). */
  private static int octetsFrom(int octet) {
    return octet >= 0 ? 1 : octet < (byte) 0xe0 ? 2 : octet < (byte) 0xf0 ? 3 : 4;
  }

  /** As it is written, behind these octets. */
  static byte[] quoted(String text, byte[] prefix) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteOutput out = new ByteOutput(bytes, 512);
    out.bytes(prefix);
    write(text, out);
    out.flush();
    return bytes.toByteArray();
  }

  /** The same, to be kept. */
  static byte[] inside(String text) {
    ByteOutput out = new ByteOutput();
    inside(text, out);
    return out.take();
  }

  private static void character(int c, ByteOutput out) {
    if (c < 128 && PLAIN[c]) {
      out.ascii(c);
      return;
    }
    switch (c) {
      case '"', '\\' -> escape(c, out);
      case '\n' -> escape('n', out);
      case '\r' -> escape('r', out);
      case '\t' -> escape('t', out);
      default -> {
        if (safe(c)) {
          out.character(c);
        } else if (Character.isBmpCodePoint(c)) {
          number(c, out);
        } else {
          number(Character.highSurrogate(c), out);
          number(Character.lowSurrogate(c), out);
        }
      }
    }
  }

  private static void escape(int letter, ByteOutput out) {
    out.ascii('\\');
    out.ascii(letter);
  }

  private static void number(int unit, ByteOutput out) {
    escape('u', out);
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.ascii(HEX.charAt(unit >> shift & 0xf));
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
