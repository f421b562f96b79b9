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
    return switch (type.number()) {
      case 0 -> ServerName.parse(in);
      case 5 -> StatusRequest.parse(in, place);
      case 10 -> CodeList.of16(type, Registry.NAMED_GROUP, 2, in, "group for key exchange");
      case 11 -> CodeList.of8(type, Registry.EC_POINT_FORMAT, 1, in, "how points are written");
      case 13, 50 ->
          CodeList.of16(type, Registry.SIGNATURE_SCHEME, 2, in, "signature that can be checked");
      case 16 -> ProtocolNames.parse(type, in);
      case 18 -> CertificateTimestamps.parse(in);
      case 27 ->
          CodeList.of8(
              type, Registry.CERTIFICATE_COMPRESSION, 2, in, "compression that can be undone");
      case 28 -> NumberExtension.u16(type, in, "longest record wanted, in bytes of plaintext");
      case 41 -> PreSharedKey.parse(in, place == Place.CLIENT_HELLO);
      case 43 ->
          place == Place.CLIENT_HELLO
              ? CodeList.of8(type, Registry.VERSION, 2, in, "version that can be spoken")
              : CodeList.single(type, Registry.VERSION, 2, in, "the version that will be spoken");
      case 45 ->
          CodeList.of8(
              type, Registry.PSK_KEY_EXCHANGE_MODE, 1, in, "how a pre-shared key may be used");
      case 51 -> KeyShare.parse(in, place);
      case 65037 -> EncryptedClientHello.parse(in, place);
      default -> opaque(type, in, place);
    };
  }

  /** Those that are one run of bytes or a mere flag. */
  private static Extension opaque(ExtensionType type, FieldReader in, Place place)
      throws Malformed {
    return switch (type.number()) {
      case 2, 4, 22, 23, 26, 33, 49, 61, 30031, 30032 ->
          OpaqueExtension.parse(type, in, "nothing should stand here");
      case 21 -> OpaqueExtension.parse(type, in, "padding: makes the message longer");
      case 35 -> OpaqueExtension.parse(type, in, "ticket of an earlier session");
      case 42 ->
          place == Place.NEW_SESSION_TICKET
              ? NumberExtension.u32(type, in, "max_early_data_size: bytes of early data allowed")
              : OpaqueExtension.parse(type, in, "nothing should stand here");
      case 44 -> OpaqueExtension.vector16(type, in, "cookie", "to be sent back unchanged");
      case 54 -> OpaqueExtension.vector8(type, in, "cid", "number for this connection");
      case 55 -> OpaqueExtension.vector8(type, in, "binding_hash", "hash of an identity");
      case 56 -> OpaqueExtension.vector8(type, in, "session_id", "identity of a session");
      case 65281 ->
          OpaqueExtension.vector8(
              type,
              in,
              "renegotiated_connection",
              "verify_data of the handshake before; nothing in the first one");
      default -> rare(type, in, place);
    };
  }

  private static Extension rare(ExtensionType type, FieldReader in, Place place) throws Malformed {
    boolean client = place == Place.CLIENT_HELLO;
    return switch (type.number()) {
      case 1 -> CodeList.single(type, Registry.MAX_FRAGMENT_LENGTH, 1, in, "longest record wanted");
      case 3 -> AuthorityExtensions.trustedCaKeys(type, in);
      case 6 -> CodeList.of8(type, Registry.USER_MAPPING_TYPE, 1, in, "kind of user name");
      case 7, 8 -> CodeList.of8(type, Registry.AUTHZ_DATA_FORMAT, 1, in, "form of authorization");
      case 9, 19, 20 ->
          // The server's answer is one number, without a length.
          in.remaining() == 1
              ? CodeList.single(type, Registry.CERTIFICATE_TYPE, 1, in, "kind of certificate taken")
              : CodeList.of8(type, Registry.CERTIFICATE_TYPE, 1, in, "kind of certificate");
      case 12 -> MiscExtensions.srp(type, in);
      case 14 -> MiscExtensions.useSrtp(type, in);
      case 15 -> CodeList.single(type, Registry.HEARTBEAT_MODE, 1, in, "whether it may be asked");
      case 17 -> StatusRequest.parseV2(type, in);
      case 24 -> MiscExtensions.tokenBinding(type, in);
      case 25 -> AuthorityExtensions.cachedInfo(type, in, client);
      case 29, 30 -> MiscExtensions.passwordName(type, in);
      case 31 -> MiscExtensions.opaque16(type, in, "salt", "salt of the password");
      case 34 -> AuthorityExtensions.delegatedCredential(type, in, place);
      case 47 -> CertificateAuthorities.parse(type, in);
      case 48 -> AuthorityExtensions.oidFilters(type, in);
      case 52 -> AuthorityExtensions.transparencyInfo(type, in);
      case 57, 65445 -> QuicTransportParameters.parse(type, in);
      case 58 -> MiscExtensions.ticketRequest(type, in, client);
      case 59 -> MiscExtensions.dnssecChain(type, in, client);
      case 62 -> MiscExtensions.flags(type, in);
      case 13172 -> MiscExtensions.nextProtocols(type, in);
      case 17513, 17613 ->
          client
              ? ProtocolNames.parse(type, in)
              : OpaqueExtension.parse(type, in, "settings of the application protocol");
      case 51764 -> AuthorityExtensions.trustAnchors(type, in);
      case 64768 -> CodeList.of8(type, Registry.EXTENSION, 2, in, "stands in the outer hello");
      case 65486 -> MiscExtensions.encryptedServerName(type, in, client);
      default -> OpaqueExtension.parse(type, in, "not explained further");
    };
  }
}
