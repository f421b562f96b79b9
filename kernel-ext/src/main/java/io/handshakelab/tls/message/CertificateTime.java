package io.handshakelab.tls.message;

/** Times as certificates have them (RFC 5280 §4.1.2.5). */
final class CertificateTime {
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;

  private CertificateTime() {}

  /** {@code 2026-01-31T00:00:00Z}, or the text as it stands. */
  static String text(Tlv time) {
    String text = time.content().latin1();
    String full = text;
    if (time.tag() == UTC_TIME && text.length() == 13) {
      full = (text.compareTo("50") >= 0 ? "19" : "20") + text;
    } else if (time.tag() != GENERALIZED_TIME) {
      return text;
    }
    if (full.length() != 15 || full.charAt(14) != 'Z') {
      return text;
    }
    return full.substring(0, 4)
        + "-"
        + full.substring(4, 6)
        + "-"
        + full.substring(6, 8)
        + "T"
        + full.substring(8, 10)
        + ":"
        + full.substring(10, 12)
        + ":"
        + full.substring(12);
  }
}
