package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.ExtensionType;
import io.handshakelab.tls.registry.NamedGroup;
import io.handshakelab.tls.registry.Registry;
import java.util.ArrayList;
import java.util.List;

/**
 * Public keys for the key exchange of TLS 1.3; in a HelloRetryRequest only the group that the
 * server would rather have.
 *
 * <pre>
 * struct {
 *     NamedGroup group;                        // 2 octets
 *     opaque key_exchange&lt;1..2^16-1&gt;;
 * } KeyShareEntry;
 * KeyShareEntry client_shares&lt;0..2^16-1&gt;;      // RFC 8446 §4.2.8
 * </pre>
 */
public record KeyShare(List<Entry> entries) implements Extension {
  private static final ExtensionType TYPE = new ExtensionType(51);

  /** One public key; empty in a HelloRetryRequest. */
  public record Entry(NamedGroup group, Bytes publicKey) {}

  public KeyShare {
    entries = List.copyOf(entries);
  }

  static KeyShare parse(FieldReader in, Place place) throws Malformed {
    List<Entry> entries = new ArrayList<>();
    switch (place) {
      case CLIENT_HELLO -> {
        FieldReader list = in.vector16("client_shares");
        while (list.hasRemaining()) {
          entries.add(entry(list.element(entries.size()), true));
        }
      }
      case HELLO_RETRY_REQUEST ->
          entries.add(
              new Entry(
                  new NamedGroup(
                      in.u16("selected_group", Registry.NAMED_GROUP, "group to try again with")),
                  Bytes.EMPTY));
      case SERVER_HELLO,
          ENCRYPTED_EXTENSIONS,
          CERTIFICATE,
          CERTIFICATE_REQUEST,
          NEW_SESSION_TICKET ->
          entries.add(entry(in.struct("server_share"), false));
    }
    return new KeyShare(entries);
  }

  static Entry entry(FieldReader in, boolean offer) throws Malformed {
    NamedGroup group =
        new NamedGroup(in.u16("group", Registry.NAMED_GROUP, "group of the public key"));
    FieldReader key = in.vector16("key_exchange");
    return new Entry(group, PublicKeyFields.read(key, group.number(), offer));
  }

  @Override
  public ExtensionType type() {
    return TYPE;
  }

  /** The group of each key. */
  public Codes groups() {
    int[] groups = new int[entries.size()];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = entries.get(i).group.number();
    }
    return Codes.wrap(groups);
  }

  @Override
  public String summary() {
    StringBuilder text = new StringBuilder("key_share");
    for (Entry entry : entries) {
      if (!entry.group.isGrease()) {
        text.append(' ').append(entry.group);
        if (!entry.publicKey.isEmpty()) {
          text.append(" (").append(entry.publicKey.length()).append(" bytes)");
        }
      }
    }
    return text.toString();
  }
}
