package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.ExtensionType;
import io.handshakelab.tls.registry.Registry;

/** An extension that is one run of bytes, or a mere flag if it has none. */
public record OpaqueExtension(ExtensionType type, Bytes data) implements Extension {

  static OpaqueExtension parse(ExtensionType type, FieldReader in, String meaning)
      throws Malformed {
    return new OpaqueExtension(type, in.rest(field(type), meaning));
  }

  static OpaqueExtension vector8(ExtensionType type, FieldReader in, String field, String meaning)
      throws Malformed {
    return new OpaqueExtension(type, in.opaque8(field, meaning));
  }

  static OpaqueExtension vector16(ExtensionType type, FieldReader in, String field, String meaning)
      throws Malformed {
    return new OpaqueExtension(type, in.opaque16(field, meaning));
  }

  @Override
  public String summary() {
    return data.isEmpty() ? type.toString() : type + " " + data.length() + " bytes";
  }

  private static String field(ExtensionType type) {
    String name = Registry.EXTENSION.name(type.number());
    return name == null ? "data" : name;
  }
}
