package io.handshakelab.bytes;

import java.util.HexFormat;

/** Hexadecimal text, lower case, without separators. */
public final class Hex {
  private static final HexFormat FORMAT = HexFormat.of();

  private Hex() {}

  /** Two digits for each byte. */
  public static String of(byte[] bytes) {
    return FORMAT.formatHex(bytes);
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
