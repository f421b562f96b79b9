package io.handshakelab.tls;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.tls.message.Leaf;
import io.handshakelab.tls.message.Messages;
import java.util.List;

/** The leaves of a row's bytes. */
final class Fields {
  private Fields() {}

  static List<Field> of(Row row) {
    return leaves(row).stream()
        .map(
            leaf ->
                new Field(
                    leaf.path(),
                    leaf.offset(),
                    row.bytes().slice(leaf.offset(), leaf.offset() + leaf.length()),
                    leaf.value(),
                    leaf.meaning(),
                    leaf.rfc()))
        .toList();
  }

  private static List<Leaf> leaves(Row row) {
    Bytes bytes = row.bytes();
    return switch (row.kind()) {
      case HANDSHAKE -> Messages.handshakeLeaves(bytes, row.context());
      case SSL_V2_HELLO -> Messages.sslV2Leaves(bytes);
      case SSL_V2 ->
          Messages.opaqueLeaves(
              bytes, "ssl2", "of SSL 2.0, which nobody must speak (RFC 6176)", "SSL 2.0");
      case HEARTBEAT -> Messages.heartbeatLeaves(bytes);
      case ALERT -> Messages.alertLeaves(bytes);
      case CHANGE_CIPHER_SPEC -> Messages.changeCipherSpecLeaves(bytes);
      case APPLICATION_DATA ->
          Messages.opaqueLeaves(
              bytes, "application_data", "data of the application", "RFC 8446 §5.1");
      case ENCRYPTED ->
          Messages.opaqueLeaves(
              bytes, "encrypted_record", "can be read with the keys only", "RFC 8446 §5.2");
      case GARBAGE -> Messages.opaqueLeaves(bytes, "unknown", "no message of TLS", "RFC 8446 §5.1");
    };
  }
}
