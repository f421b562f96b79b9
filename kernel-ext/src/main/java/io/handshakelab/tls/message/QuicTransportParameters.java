package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.ExtensionType;
import io.handshakelab.tls.registry.Registry;

/**
 * What one end of a QUIC connection can bear.
 *
 * <pre>
 * Transport Parameter {
 *     Transport Parameter ID (i),
 *     Transport Parameter Length (i),
 *     Transport Parameter Value (..),
 * } ...                                        // RFC 9000 §18
 * </pre>
 */
final class QuicTransportParameters {
  private QuicTransportParameters() {}

  static Extension parse(ExtensionType type, FieldReader extension) throws Malformed {
    FieldReader in = extension.struct("parameters");
    int count = 0;
    while (in.hasRemaining()) {
      FieldReader one = in.element(count++);
      long id = one.varint("id", "which parameter");
      if (one.isNoting()) {
        one.say(name(id));
      }
      long length = one.varint("length", "bytes that follow");
      if (length > one.remaining()) {
        throw new Malformed(
            one.offset(), "value of " + length + " bytes, " + one.remaining() + " are left");
      }
      value(one, id, (int) length);
    }
    return DescribedExtension.of(type, count + " parameters");
  }

  private static void value(FieldReader in, long id, int length) throws Malformed {
    if (in.isNoting() && length > 0 && isNumber(id) && length == width(in.peek())) {
      in.varint("value", "number; times are in milliseconds");
    } else {
      in.bytes(length, "value", "value of the parameter");
    }
  }

  private static int width(Bytes bytes) {
    return 1 << (bytes.u8(0) >> 6);
  }

  /** Those of RFC 9000 §18.2 that are one number, and a few later ones. */
  private static boolean isNumber(long id) {
    return id == 1 || (id >= 3 && id <= 11) || id == 14 || id == 0x20;
  }

  private static String name(long id) {
    String name = id > 0xffff ? null : Registry.QUIC_TRANSPORT_PARAMETER.name((int) id);
    if (name != null) {
      return name;
    }
    // RFC 9000 §18.1.
    return (id % 31 == 27 ? "GREASE (0x" : "0x")
        + Long.toHexString(id)
        + (id % 31 == 27 ? ")" : "");
  }
}
