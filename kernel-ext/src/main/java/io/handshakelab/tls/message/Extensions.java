package io.handshakelab.tls.message;

import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.ExtensionType;
import io.handshakelab.tls.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The extensions of a message in their order.
 *
 * <pre>
 * struct {
 *     ExtensionType extension_type;            // 2 octets
 *     opaque extension_data&lt;0..2^16-1&gt;;
 * } Extension;                                 // RFC 8446 §4.2
 * </pre>
 */
public record Extensions(List<Extension> list) {
  public static final Extensions NONE = new Extensions(List.of());

  public Extensions {
    list = List.copyOf(list);
  }

  /** The vector of extensions; none if the message ends before it (RFC 5246 §7.4.1.2). */
  static Extensions parseOptional(FieldReader in, Place place) throws Malformed {
    return in.hasRemaining() ? parse(in, place) : NONE;
  }

  static Extensions parse(FieldReader in, Place place) throws Malformed {
    FieldReader vector = in.vector16("extensions");
    List<Extension> all = new ArrayList<>();
    while (vector.hasRemaining()) {
      all.add(one(vector.element(all.size()), place));
    }
    return new Extensions(all);
  }

  /** The first extension of this class. */
  public <T extends Extension> Optional<T> first(Class<T> kind) {
    for (Extension extension : list) {
      if (kind.isInstance(extension)) {
        return Optional.of(kind.cast(extension));
      }
    }
    return Optional.empty();
  }

  /** The first extension of this number. */
  public Optional<Extension> first(int number) {
    for (Extension extension : list) {
      if (extension.type().number() == number) {
        return Optional.of(extension);
      }
    }
    return Optional.empty();
  }

  public boolean has(int number) {
    return first(number).isPresent();
  }

  /** What the first extension of this number lists; nothing if it is missing or malformed. */
  public Codes codes(int number) {
    for (Extension extension : list) {
      if (extension.type().number() == number && extension instanceof CodeList codes) {
        return codes.codes();
      }
    }
    return Codes.NONE;
  }

  /** The number of each. */
  public Codes types() {
    int[] types = new int[list.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = list.get(i).type().number();
    }
    return Codes.wrap(types);
  }

  /** The application protocol that is named first, or nothing. */
  String firstProtocol() {
    for (Extension extension : list) {
      if (extension.type().number() == 16
          && extension instanceof ProtocolNames protocols
          && !protocols.names().isEmpty()) {
        return protocols.names().get(0);
      }
    }
    return "";
  }

  /** Their names and what they say. */
  String summary() {
    return summaryWithout(-1);
  }

  /** The same without the one of this number, if it was read well. */
  String summaryWithout(int number) {
    StringBuilder text = new StringBuilder();
    for (Extension extension : list) {
      boolean left =
          extension.type().number() == number && !(extension instanceof MalformedExtension);
      if (!left && !extension.type().isGrease()) {
        text.append(text.length() == 0 ? "" : ", ").append(extension.summary());
      }
    }
    return text.toString();
  }

  /** One that is malformed spoils itself alone, since its length stands before it. */
  private static Extension one(FieldReader in, Place place) throws Malformed {
    ExtensionType type = new ExtensionType(in.u16("type", Registry.EXTENSION, "extension"));
    FieldReader plain = in.body16();
    FieldReader body = cited(plain, type);
    int end = body.offset() + body.remaining();
    try {
      Extension extension = ExtensionBodies.parse(type, body, place);
      body.end();
      return extension;
    } catch (Malformed e) {
      body.unread(end, e.reason());
      return new MalformedExtension(type, e.reason() + " at offset " + e.offset());
    }
  }

  private static FieldReader cited(FieldReader plain, ExtensionType type) {
    String reference = plain.isNoting() ? Registry.EXTENSION.reference(type.number()) : null;
    return reference == null ? plain : plain.citing(reference);
  }

  /** An extension that could not be read, and why. */
  record MalformedExtension(ExtensionType type, String reason) implements Extension {
    @Override
    public String summary() {
      return type + " malformed: " + reason;
    }
  }
}
