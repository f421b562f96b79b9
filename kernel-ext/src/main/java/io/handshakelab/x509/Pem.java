package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Certificates as text (RFC 7468). */
public final class Pem {
  static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  static final String END = "-----END CERTIFICATE-----";

  private Pem() {}

  /** The text of one certificate, with a line end at its end. */
  public static String of(Bytes der) {
    byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
    String body = Base64.getMimeEncoder(64, newline).encodeToString(der.toArray());
    return BEGIN + "\n" + body + "\n" + END + "\n";
  }
}
