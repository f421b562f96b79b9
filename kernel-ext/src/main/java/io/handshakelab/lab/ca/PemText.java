package io.handshakelab.lab.ca;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** PEM (RFC 7468) of what is no certificate. */
final class PemText {
  private PemText() {}

  static String key(PrivateKey key) {
    return of("PRIVATE KEY", key.getEncoded());
  }

  static String crl(byte[] der) {
    return of("X509 CRL", der);
  }

  private static String of(String label, byte[] der) {
    byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
    String body = Base64.getMimeEncoder(64, newline).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  /**
   * The contents of all blocks with this label.
   *
   * @throws IllegalArgumentException if one of them is not Base64, or is cut off
   */
  static List<byte[]> blocks(String label, String text) {
    String begin = "-----BEGIN " + label + "-----";
    String end = "-----END " + label + "-----";
    List<byte[]> blocks = new ArrayList<>();
    int from = text.indexOf(begin);
    while (from >= 0) {
      int to = text.indexOf(end, from);
      if (to < 0) {
        throw new IllegalArgumentException("cut off");
      }
      String body = text.substring(from + begin.length(), to).replaceAll("\\s", "");
      blocks.add(Base64.getDecoder().decode(body));
      from = text.indexOf(begin, to);
    }
    return blocks;
  }
}
