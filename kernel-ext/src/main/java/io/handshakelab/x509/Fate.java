package io.handshakelab.x509;

/** What became of a certificate when keys leaked and certificates were withdrawn. */
public enum Fate {
  GOOD("still good"),
  /** Whoever has its private key can speak in its name. */
  LEAKED("not to be believed: its key has leaked"),
  /** Every way up to a root leads over a leaked key. */
  BELOW_LEAKED("not to be believed: it hangs on the leaked key"),
  /** Its issuer has withdrawn it (RFC 5280 §3.3). */
  REVOKED("revoked"),
  BELOW_REVOKED("not to be believed: it hangs on a revoked certificate");

  private final String words;

  Fate(String words) {
    this.words = words;
  }

  /** Such as {@code still good}. */
  public String words() {
    return words;
  }

  public boolean believed() {
    return this == GOOD;
  }
}
