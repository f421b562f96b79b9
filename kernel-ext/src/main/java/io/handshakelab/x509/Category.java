package io.handshakelab.x509;

/** What part a certificate plays in a chain. */
public enum Category {
  END_USER("End user"),
  INTERMEDIATE("Intermediate"),
  ROOT("Root");

  private final String label;

  Category(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
