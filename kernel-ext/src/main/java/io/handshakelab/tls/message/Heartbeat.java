package io.handshakelab.tls.message;

import io.handshakelab.bytes.Malformed;
import io.handshakelab.tls.registry.Registry;

/**
 * Asks whether the other end is still there, or answers.
 *
 * <pre>
 * struct {
 *     HeartbeatMessageType type;               // 1: request, 2: response
 *     uint16 payload_length;
 *     opaque payload[payload_length];
 *     opaque padding[…];                       // 16 octets at least
 * } HeartbeatMessage;                          // RFC 6520 §4
 * </pre>
 */
record Heartbeat(int type, int payload, int padding) implements Message {
  private static final int LEAST_PADDING = 16;

  static Heartbeat parse(FieldReader in) throws Malformed {
    int type = in.u8("type", Registry.HEARTBEAT_MESSAGE_TYPE, "whether it asks or answers");
    int length = in.u16("payload_length", "bytes of payload that follow");
    if (length > in.remaining()) {
      throw new Malformed(
          in.offset(),
          "payload_length "
              + length
              + " is more than the "
              + in.remaining()
              + " bytes that follow: an attack on CVE-2014-0160 (Heartbleed) looks like this");
    }
    in.bytes(length, "payload", "comes back in the response");
    int padding = in.remaining();
    in.rest("padding", "of no meaning, 16 bytes at least");
    return new Heartbeat(type, length, padding);
  }

  @Override
  public String summary() {
    return Registry.HEARTBEAT_MESSAGE_TYPE.describe(type)
        + ", "
        + payload
        + " bytes of payload"
        + (padding < LEAST_PADDING ? ", only " + padding + " bytes of padding" : "");
  }
}
