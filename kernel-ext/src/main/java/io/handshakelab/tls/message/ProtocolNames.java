package io.handshakelab.tls.message;

import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.ExtensionType;
import java.util.ArrayList;
import java.util.List;

/**
 * Names of application protocols: what the client offers, or the one that the server takes.
 *
 * <pre>
 * opaque ProtocolName&lt;1..2^8-1&gt;;
 * ProtocolName protocol_name_list&lt;2..2^16-1&gt;;  // RFC 7301 §3.1
 * </pre>
 *
 * @param names as they were sent, not escaped for display
 */
public record ProtocolNames(ExtensionType type, List<String> names) implements Extension {
  public ProtocolNames {
    names = List.copyOf(names);
  }

  static ProtocolNames parse(ExtensionType type, FieldReader in) throws Malformed {
    FieldReader list = in.vector16("protocol_name_list");
    List<String> names = new ArrayList<>();
    while (list.hasRemaining()) {
      names.add(list.element(names.size()).text8("name", "application protocol"));
    }
    return new ProtocolNames(type, names);
  }

  @Override
  public String summary() {
    StringBuilder text = new StringBuilder(type.number() == 16 ? "ALPN" : type.toString());
    for (String name : names) {
      text.append(' ').append(isGrease(name) ? "GREASE" : name);
    }
    return text.toString();
  }

  /** Two octets 0x?A that are alike (RFC 8701 §2). */
  private static boolean isGrease(String name) {
    return name.length() == 2
        && (name.charAt(0) & 0x0f) == 0x0a
        && name.charAt(0) == name.charAt(1);
  }
}
