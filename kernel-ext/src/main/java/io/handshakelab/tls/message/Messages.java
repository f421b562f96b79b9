package io.handshakelab.tls.message;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.HandshakeType;
import io.handshakelab.tls.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole messages.
 *
 * <pre>
 * struct {
 *     HandshakeType msg_type;                  // 1 octet
 *     uint24 length;
 *     select (msg_type) { … };
 * } Handshake;                                 // RFC 8446 §4
 * </pre>
 */
public final class Messages {
  private Messages() {}

  /** A handshake message with its header of 4 octets. */
  public static Message handshake(Bytes message, MessageContext context) throws Malformed {
    return handshake(message, context, null);
  }

  /** The leaves of a handshake message, which tile it, also if it is malformed. */
  public static List<Leaf> handshakeLeaves(Bytes message, MessageContext context) {
    return leaves(message, handshakeName(message), sink -> handshake(message, context, sink));
  }

  /** An Alert of 2 octets. */
  public static Alert alert(Bytes message) throws Malformed {
    return Alert.parse(FieldReader.of(message, "alert", "RFC 8446 §6", null));
  }

  public static List<Leaf> alertLeaves(Bytes message) {
    return leaves(
        message,
        "alert",
        sink -> Alert.parse(FieldReader.of(message, "alert", "RFC 8446 §6", sink)));
  }

  /** A message of the heartbeat extension. */
  public static Message heartbeat(Bytes message) throws Malformed {
    return Heartbeat.parse(FieldReader.of(message, "heartbeat", "RFC 6520 §4", null));
  }

  public static List<Leaf> heartbeatLeaves(Bytes message) {
    return leaves(
        message,
        "heartbeat",
        sink -> Heartbeat.parse(FieldReader.of(message, "heartbeat", "RFC 6520 §4", sink)));
  }

  /** A ClientHello in the form of SSL 2.0, with its header of 2 octets. */
  public static ClientHello sslV2ClientHello(Bytes message) throws Malformed {
    return SslV2ClientHello.parse(FieldReader.of(message, "client_hello", "RFC 5246 §E.2", null));
  }

  public static List<Leaf> sslV2Leaves(Bytes message) {
    return leaves(
        message,
        "client_hello",
        sink ->
            SslV2ClientHello.parse(FieldReader.of(message, "client_hello", "RFC 5246 §E.2", sink)));
  }

  /** One leaf for bytes that have no inner structure that can be seen. */
  public static List<Leaf> opaqueLeaves(Bytes message, String name, String meaning, String rfc) {
    return leaves(
        message, name, sink -> FieldReader.of(message, name, rfc, sink).rest("data", meaning));
  }

  /** The octet of a ChangeCipherSpec (RFC 5246 §7.1). */
  public static List<Leaf> changeCipherSpecLeaves(Bytes message) {
    return leaves(
        message,
        "change_cipher_spec",
        sink -> {
          FieldReader in = FieldReader.of(message, "change_cipher_spec", "RFC 5246 §7.1", sink);
          in.u8("type", Registry.CHANGE_CIPHER_SPEC, "from now on the new keys are used");
          in.end();
        });
  }

  private interface Reading {
    void into(List<Leaf> sink) throws Malformed;
  }

  private static List<Leaf> leaves(Bytes message, String name, Reading reading) {
    List<Leaf> sink = new ArrayList<>();
    try {
      reading.into(sink);
    } catch (Malformed e) {
      FieldReader.of(message, name, "", sink).unread(message.length(), e.reason());
    }
    return sink;
  }

  private static String handshakeName(Bytes message) {
    if (message.isEmpty()) {
      return "handshake";
    }
    String name = Registry.HANDSHAKE_TYPE.name(message.u8(0));
    return name == null ? "handshake" : snakeCase(name);
  }

  private static String snakeCase(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  private static Message handshake(Bytes bytes, MessageContext context, @Nullable List<Leaf> sink)
      throws Malformed {
    String name = sink == null ? "handshake" : handshakeName(bytes);
    FieldReader in = FieldReader.of(bytes, name, "RFC 8446 §4", sink);
    int type = in.u8("msg_type", Registry.HANDSHAKE_TYPE, "kind of handshake message");
    int length = in.u24("length", "bytes that follow");
    if (length != in.remaining()) {
      Malformed cutOff =
          new Malformed(
              in.offset(), "cut off: " + in.remaining() + " of " + length + " bytes are here");
      if (sink != null && length > in.remaining()) {
        readUpToTheCut(type, in, context);
      }
      throw cutOff;
    }
    Message message = body(type, in, context);
    in.end();
    return message;
  }

  /** Notes the leaves of what is there. */
  private static void readUpToTheCut(int type, FieldReader in, MessageContext context) {
    try {
      body(type, in, context);
    } catch (Malformed expected) {
      // That the message is cut off says more than what was missing first.
      return;
    }
  }

  private static Message body(int type, FieldReader plain, MessageContext context)
      throws Malformed {
    FieldReader in = plain.citing(section(type, context.isTls13()));
    return switch (type) {
      case HandshakeType.CLIENT_HELLO -> ClientHello.parse(in);
      case HandshakeType.SERVER_HELLO -> ServerHello.parse(in);
      case HandshakeType.NEW_SESSION_TICKET -> NewSessionTicket.parse(in, context);
      case HandshakeType.ENCRYPTED_EXTENSIONS -> EncryptedExtensions.parse(in);
      case HandshakeType.CERTIFICATE -> Certificate.parse(in, context);
      case HandshakeType.SERVER_KEY_EXCHANGE -> ServerKeyExchange.parse(in, context);
      case HandshakeType.CERTIFICATE_REQUEST -> CertificateRequest.parse(in, context);
      case HandshakeType.CERTIFICATE_VERIFY -> CertificateVerify.parse(in, context);
      case HandshakeType.CLIENT_KEY_EXCHANGE -> ClientKeyExchange.parse(in, context);
      case HandshakeType.FINISHED -> Finished.parse(in);
      case HandshakeType.CERTIFICATE_STATUS -> CertificateStatus.parse(in);
      case HandshakeType.KEY_UPDATE -> KeyUpdate.parse(in);
      case HandshakeType.COMPRESSED_CERTIFICATE -> CompressedCertificate.parse(in, context);
      case HandshakeType.HELLO_REQUEST ->
          new EmptyMessage("the server asks for a new handshake (RFC 5246 §7.4.1.1)");
      case HandshakeType.SERVER_HELLO_DONE -> new EmptyMessage("the server waits for the client");
      case HandshakeType.END_OF_EARLY_DATA -> new EmptyMessage("no more early data follows");
      case HandshakeType.CERTIFICATE_URL -> RareMessages.certificateUrl(in);
      case HandshakeType.SUPPLEMENTAL_DATA -> RareMessages.supplementalData(in);
      case HandshakeType.NEXT_PROTOCOL -> RareMessages.nextProtocol(in);
      case HandshakeType.CHANNEL_ID -> RareMessages.channelId(in);
      case HandshakeType.MESSAGE_HASH -> RareMessages.messageHash(in);
      default -> new OpaqueMessage(in.rest("data", "not explained further"));
    };
  }

  private static String section(int type, boolean tls13) {
    String reference = Registry.HANDSHAKE_TYPE.reference(type);
    String now = reference == null ? "RFC 8446 §4" : reference;
    return tls13
        ? now
        : switch (type) {
          case HandshakeType.CERTIFICATE -> "RFC 5246 §7.4.2";
          case HandshakeType.CERTIFICATE_REQUEST -> "RFC 5246 §7.4.4";
          case HandshakeType.CERTIFICATE_VERIFY -> "RFC 5246 §7.4.8";
          case HandshakeType.FINISHED -> "RFC 5246 §7.4.9";
          case HandshakeType.NEW_SESSION_TICKET -> "RFC 5077 §3.3";
          default -> now;
        };
  }

  /** A message that is nothing but its type. */
  public record EmptyMessage(String summary) implements Message {}

  /** A message of which only people want to know what it says. */
  public record DescribedMessage(String summary) implements Message {}

  /** A message whose inside is not explained. */
  public record OpaqueMessage(Bytes data) implements Message {
    @Override
    public String summary() {
      return data.length() + " bytes";
    }
  }
}
