package io.handshakelab.x509;

/** What an end user's certificate is shown for (RFC 5280 §4.2.1.12). */
enum Purpose {
  SERVER("1.3.6.1.5.5.7.3.1", "servers"),
  CLIENT("1.3.6.1.5.5.7.3.2", "clients");

  private final String oid;
  private final String whom;

  Purpose(String oid, String whom) {
    this.oid = oid;
    this.whom = whom;
  }

  /** As extended key usage names it. */
  String oid() {
    return oid;
  }

  /** Whom such a certificate is for. */
  String whom() {
    return whom;
  }
}
