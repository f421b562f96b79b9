package io.handshakelab.magic;

/**
 * Lines for a person, in a fixed pitch.
 *
 * @param text not escaped for display
 */
public record Text(String text) {
  @Override
  public String toString() {
    return text;
  }
}
