package io.handshakelab.tls.message;

import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.ExtensionType;
import io.handshakelab.tls.registry.Registry;

/**
 * The name of the server that the client wants, in the clear; empty in the server's answer.
 *
 * <pre>
 * struct {
 *     NameType name_type;                      // 0: host_name
 *     opaque HostName&lt;1..2^16-1&gt;;
 * } ServerName;
 * ServerName server_name_list&lt;1..2^16-1&gt;;      // RFC 6066 §3
 * </pre>
 *
 * @param hostName as it was sent, not escaped for display; empty if there is none
 */
public record ServerName(String hostName) implements Extension {
  private static final ExtensionType TYPE = new ExtensionType(0);

  static ServerName parse(FieldReader in) throws Malformed {
    String host = "";
    if (in.hasRemaining()) {
      FieldReader list = in.flat16("server_name_list");
      while (list.hasRemaining()) {
        int type = list.u8("name_type", Registry.NAME_TYPE, "kind of name");
        String name = list.text16("server_name", "host that the client wants to reach");
        if (type == 0 && host.isEmpty()) {
          host = name;
        }
      }
    }
    return new ServerName(host);
  }

  @Override
  public ExtensionType type() {
    return TYPE;
  }

  @Override
  public String summary() {
    return hostName.isEmpty() ? "server_name" : "SNI " + hostName;
  }
}
