package io.handshakelab.bytes;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Hexadecimal text, lower case, without separators. */
public final class Hex {
  private static final HexFormat FORMAT = HexFormat.of();

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private Hex() {}

  /** Two digits for each byte. */
  public static String of(byte[] bytes) {
    byte[] text = new byte[2 * bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      text[2 * i] = DIGITS[bytes[i] >> 4 & 15];
      text[2 * i + 1] = DIGITS[bytes[i] & 15];
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /**
   * Bytes of hexadecimal text of either case.
   *
   * @throws IllegalArgumentException if the text is not pairs of hexadecimal digits
   */
  public static byte[] parse(String hex) {
    return FORMAT.parseHex(hex);
  }
}
