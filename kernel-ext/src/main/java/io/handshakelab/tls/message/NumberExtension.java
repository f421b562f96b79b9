package io.handshakelab.tls.message;

import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.ExtensionType;

/** An extension that is one number. */
public record NumberExtension(ExtensionType type, long number) implements Extension {

  static NumberExtension u16(ExtensionType type, FieldReader in, String meaning) throws Malformed {
    return new NumberExtension(type, in.u16(type.toString(), meaning));
  }

  static NumberExtension u32(ExtensionType type, FieldReader in, String meaning) throws Malformed {
    return new NumberExtension(type, in.u32(type.toString(), meaning));
  }

  @Override
  public String summary() {
    return type + " " + number;
  }
}
