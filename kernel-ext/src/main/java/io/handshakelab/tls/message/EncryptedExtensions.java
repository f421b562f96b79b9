package io.handshakelab.tls.message;

import io.handshakelab.bytes.Malformed;

/**
 * Answers to extensions that need not be in the clear.
 *
 * <pre>
 * Extension extensions&lt;0..2^16-1&gt;;             // RFC 8446 §4.3.1
 * </pre>
 */
public record EncryptedExtensions(Extensions extensions) implements Message {

  static EncryptedExtensions parse(FieldReader in) throws Malformed {
    return new EncryptedExtensions(Extensions.parse(in, Place.ENCRYPTED_EXTENSIONS));
  }

  @Override
  public String summary() {
    return extensions.list().isEmpty() ? "no extensions" : extensions.summary();
  }
}
