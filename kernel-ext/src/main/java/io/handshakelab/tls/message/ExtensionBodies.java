package io.handshakelab.tls.message;

import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.ExtensionType;
import io.handshakelab.tls.registry.Registry;

/** Which reader reads the body of which extension, in which message. */
final class ExtensionBodies {
  private ExtensionBodies() {}

  static Extension parse(ExtensionType type, FieldReader in, Place place) throws Malformed {
    if (type.isGrease()) {
      return OpaqueExtension.parse(type, in, "means nothing: keeps the other end tolerant");
    }
    boolean client = place == Place.CLIENT_HELLO;
    return switch (type.number()) {
      case 0 -> ServerName.parse(in);
      case 1 -> CodeList.single(type, Registry.MAX_FRAGMENT_LENGTH, 1, in, "longest record wanted");
      case 5 -> StatusRequest.parse(in, place);
      case 10 -> CodeList.of16(type, Registry.NAMED_GROUP, 2, in, "group for key exchange");
      case 11 -> CodeList.of8(type, Registry.EC_POINT_FORMAT, 1, in, "how points are written");
      case 13, 34, 50 ->
          CodeList.of16(type, Registry.SIGNATURE_SCHEME, 2, in, "signature that can be checked");
      case 16 -> ProtocolNames.parse(type, in);
      case 17513, 17613 ->
          client
              ? ProtocolNames.parse(type, in)
              : OpaqueExtension.parse(type, in, "settings of the application protocol");
      case 18 -> CertificateTimestamps.parse(in);
      case 19, 20 ->
          client
              ? CodeList.of8(type, Registry.CERTIFICATE_TYPE, 1, in, "kind of certificate")
              : CodeList.single(type, Registry.CERTIFICATE_TYPE, 1, in, "kind of certificate");
      case 21 -> OpaqueExtension.parse(type, in, "padding: makes the message longer");
      case 27 ->
          CodeList.of8(
              type, Registry.CERTIFICATE_COMPRESSION, 2, in, "compression that can be undone");
      case 28 -> NumberExtension.u16(type, in, "longest record wanted");
      case 35 -> OpaqueExtension.parse(type, in, "ticket of an earlier session");
      case 41 -> PreSharedKey.parse(in, client);
      case 42 ->
          place == Place.NEW_SESSION_TICKET
              ? NumberExtension.u32(type, in, "max_early_data_size: bytes of early data allowed")
              : OpaqueExtension.parse(type, in, "nothing should stand here");
      case 43 ->
          client
              ? CodeList.of8(type, Registry.VERSION, 2, in, "version that can be spoken")
              : CodeList.single(type, Registry.VERSION, 2, in, "the version that will be spoken");
      case 44 -> OpaqueExtension.vector16(type, in, "cookie", "to be sent back unchanged");
      case 45 ->
          CodeList.of8(
              type, Registry.PSK_KEY_EXCHANGE_MODE, 1, in, "how a pre-shared key may be used");
      case 47 -> CertificateAuthorities.parse(type, in);
      case 51 -> KeyShare.parse(in, place);
      case 65037 -> EncryptedClientHello.parse(in, place);
      case 65281 ->
          OpaqueExtension.vector8(
              type, in, "renegotiated_connection", "verify_data of the handshake before");
      default -> OpaqueExtension.parse(type, in, "not explained further");
    };
  }
}
