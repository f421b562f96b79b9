package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.ExtensionType;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys from earlier sessions (or agreed otherwise) that the client offers, with a proof for each
 * that it has them; or which one the server takes.
 *
 * <pre>
 * struct {
 *     opaque identity&lt;1..2^16-1&gt;;
 *     uint32 obfuscated_ticket_age;
 * } PskIdentity;
 * PskIdentity identities&lt;7..2^16-1&gt;;
 * opaque PskBinderEntry&lt;32..255&gt;;
 * PskBinderEntry binders&lt;33..2^16-1&gt;;
 * uint16 selected_identity;                    // the server's form, RFC 8446 §4.2.11
 * </pre>
 *
 * @param identities offered; none in the server's form
 * @param selected the one taken, -1 in the client's form
 */
public record PreSharedKey(List<Bytes> identities, int selected) implements Extension {
  private static final ExtensionType TYPE = new ExtensionType(41);

  public PreSharedKey {
    identities = List.copyOf(identities);
  }

  static PreSharedKey parse(FieldReader in, boolean client) throws Malformed {
    if (!client) {
      return new PreSharedKey(
          List.of(), in.u16("selected_identity", "which of the offered keys is taken, from 0"));
    }
    List<Bytes> identities = new ArrayList<>();
    FieldReader list = in.vector16("identities");
    while (list.hasRemaining()) {
      FieldReader one = list.element(identities.size());
      identities.add(one.opaque16("identity", "name of a key: mostly a session ticket"));
      one.u32("obfuscated_ticket_age", "age of the ticket in ms, plus ticket_age_add");
    }
    FieldReader binders = in.vector16("binders");
    for (int i = 0; binders.hasRemaining(); i++) {
      binders.element(i).opaque8("binder", "HMAC that proves possession of the key");
    }
    return new PreSharedKey(identities, -1);
  }

  @Override
  public ExtensionType type() {
    return TYPE;
  }

  @Override
  public String summary() {
    return selected >= 0
        ? "pre_shared_key number " + selected + " taken"
        : "pre_shared_key " + identities.size() + " offered";
  }
}
