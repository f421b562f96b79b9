package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import java.util.HexFormat;

/** Makes messages by hand, all of it in hexadecimal. */
final class Wire {
  private Wire() {}

  /** With a length of one octet before it. */
  static String v8(String... parts) {
    return vector(2, parts);
  }

  static String v16(String... parts) {
    return vector(4, parts);
  }

  static String v24(String... parts) {
    return vector(6, parts);
  }

  static String text(String latin1) {
    return Bytes.utf8(latin1).hex();
  }

  static String extension(int type, String... parts) {
    return HexFormat.of().toHexDigits((short) type) + v16(parts);
  }

  static Bytes message(int type, String... parts) {
    return Bytes.fromHex(HexFormat.of().toHexDigits((byte) type) + v24(parts));
  }

  static Bytes clientHello(String suites, String... extensions) {
    return message(1, "0303", "11".repeat(32), v8(), v16(suites), v8("00"), v16(extensions));
  }

  private static String vector(int digits, String... parts) {
    String all = String.join("", parts);
    return HexFormat.of().toHexDigits(all.length() / 2, digits) + all;
  }
}
