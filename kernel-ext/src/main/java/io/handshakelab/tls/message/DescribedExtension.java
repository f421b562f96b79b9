package io.handshakelab.tls.message;

import io.handshakelab.tls.registry.ExtensionType;

/** An extension of which only people want to know what it says. */
public record DescribedExtension(ExtensionType type, String summary) implements Extension {

  /** Its name, and a few words more. */
  static DescribedExtension of(ExtensionType type, String words) {
    return new DescribedExtension(type, words.isEmpty() ? type.toString() : type + " " + words);
  }
}
