package io.handshakelab.tls.message;

import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.ExtensionType;
import io.handshakelab.tls.registry.Registry;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An extension that is a list of numbers from one registry, or a single one: supported_groups,
 * signature_algorithms, supported_versions and their like.
 *
 * <pre>
 * NamedGroup named_group_list&lt;2..2^16-1&gt;;     // RFC 8446 §4.2.7
 * ProtocolVersion versions&lt;2..254&gt;;           // RFC 8446 §4.2.1
 * </pre>
 */
public record CodeList(ExtensionType type, Registry registry, List<Integer> codes)
    implements Extension {
  public CodeList {
    codes = List.copyOf(codes);
  }

  static CodeList of8(
      ExtensionType type, Registry registry, int width, FieldReader in, String meaning)
      throws Malformed {
    // RFC 8422 §5.2: some send an empty body in answer.
    return in.hasRemaining()
        ? new CodeList(type, registry, in.vector8(type.toString()).codes(width, registry, meaning))
        : new CodeList(type, registry, List.of());
  }

  static CodeList of16(
      ExtensionType type, Registry registry, int width, FieldReader in, String meaning)
      throws Malformed {
    return in.hasRemaining()
        ? new CodeList(type, registry, in.vector16(type.toString()).codes(width, registry, meaning))
        : new CodeList(type, registry, List.of());
  }

  static CodeList single(
      ExtensionType type, Registry registry, int width, FieldReader in, String meaning)
      throws Malformed {
    int code =
        width == 1
            ? in.u8(type.toString(), registry, meaning)
            : in.u16(type.toString(), registry, meaning);
    return new CodeList(type, registry, List.of(code));
  }

  /** The names, without those that are only there to keep the other end tolerant. */
  public String names() {
    return codes.stream()
        .filter(code -> !registry.isGrease(code))
        .map(registry::describe)
        .collect(Collectors.joining(" "));
  }

  @Override
  public String summary() {
    return type + " " + names();
  }
}
