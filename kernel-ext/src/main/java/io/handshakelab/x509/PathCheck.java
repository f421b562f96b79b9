package io.handshakelab.x509;

/**
 * One thing that must hold before a server is believed.
 *
 * @param kind what was asked
 * @param subject of which certificate, or which host; not escaped for display
 * @param ok whether it holds
 * @param reason why, in words
 * @param rfc where it is demanded
 */
public record PathCheck(Kind kind, String subject, boolean ok, String reason, String rfc) {
  /** What is asked. */
  public enum Kind {
    SIGNATURE("signature"),
    VALIDITY("validity"),
    CHAINING("issuer and subject"),
    BASIC_CONSTRAINTS("basic constraints"),
    KEY_USAGE("key usage"),
    EXTENDED_KEY_USAGE("extended key usage"),
    STRENGTH("strength"),
    NAME_CONSTRAINTS("name constraints"),
    POLICY("policy"),
    REVOCATION("revocation"),
    TRANSPARENCY("transparency"),
    HOST_NAME("host name"),
    TRUSTED_ROOT("trusted root"),
    SENT("as it was sent"),
    PATH("path validation");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }
}
