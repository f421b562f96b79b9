package io.handshakelab.tls.message;

import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.ExtensionType;
import io.handshakelab.tls.registry.Registry;

/**
 * An extension that is a list of numbers from one registry, or a single one: supported_groups,
 * signature_algorithms, supported_versions and their like.
 *
 * <pre>
 * NamedGroup named_group_list&lt;2..2^16-1&gt;;     // RFC 8446 §4.2.7
 * ProtocolVersion versions&lt;2..254&gt;;           // RFC 8446 §4.2.1
 * </pre>
 */
public record CodeList(ExtensionType type, Registry registry, Codes codes) implements Extension {

  static CodeList of8(
      ExtensionType type, Registry registry, int width, FieldReader in, String meaning)
      throws Malformed {
    // RFC 8422 §5.2: some send an empty body in answer.
    return in.hasRemaining()
        ? new CodeList(type, registry, in.vector8(type.toString()).codes(width, registry, meaning))
        : new CodeList(type, registry, Codes.NONE);
  }

  static CodeList of16(
      ExtensionType type, Registry registry, int width, FieldReader in, String meaning)
      throws Malformed {
    return in.hasRemaining()
        ? new CodeList(type, registry, in.vector16(type.toString()).codes(width, registry, meaning))
        : new CodeList(type, registry, Codes.NONE);
  }

  static CodeList single(
      ExtensionType type, Registry registry, int width, FieldReader in, String meaning)
      throws Malformed {
    int code =
        width == 1
            ? in.u8(type.toString(), registry, meaning)
            : in.u16(type.toString(), registry, meaning);
    return new CodeList(type, registry, Codes.of(code));
  }

  @Override
  public String summary() {
    return type + " " + codes.names(registry, 3);
  }
}
