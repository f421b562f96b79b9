package io.handshakelab.http;

import io.handshakelab.bytes.ByteReader;
import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import org.jspecify.annotations.Nullable;

/**
 * The header of one frame (RFC 9113 §4.1).
 *
 * @param at offset of its first octet in its stream view
 * @param length of the payload
 * @param stream identifier, 0 for the connection
 */
record Http2Frame(int at, int length, int type, int flags, int stream) {
  static final Bytes PREFACE = Bytes.utf8("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  static final int HEADER = 9;
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int PRIORITY = 2;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PUSH_PROMISE = 5;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 0x1;

  /** Of SETTINGS and PING, where END_STREAM has no meaning. */
  static final int ACK = 0x1;

  static final int END_HEADERS = 0x4;
  static final int PADDED = 0x8;
  static final int WITH_PRIORITY = 0x20;

  /** Frames are no larger unless the other end allows it (RFC 9113 §4.2). */
  private static final int USUAL_LIMIT = 16_384;

  private static final int[] FLAGS = {0x09, 0x2d, 0, 0, 0x01, 0x0c, 0x01, 0, 0, 0x04};

  //  +-----------------------------------------------+
  //  |                 Length (24)                   |
  //  +---------------+---------------+---------------+
  //  |   Type (8)    |   Flags (8)   |
  //  +-+-------------+---------------+-------------------------------+
  //  |R|                 Stream Identifier (31)                      |
  //  +=+=============================================================+
  /** Null where fewer than nine octets are left. */
  static @Nullable Http2Frame at(Bytes bytes, int at) {
    if (bytes.length() - at < HEADER) {
      return null;
    }
    return new Http2Frame(
        at,
        bytes.u24(at),
        bytes.u8(at + 3),
        bytes.u8(at + 4),
        (int) bytes.u32(at + 5) & 0x7fff_ffff);
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** Offset of what follows; it may lie behind the end of the view. */
  long end() {
    return (long) at + HEADER + length;
  }

  /** The payload, as far as the view has it. */
  Bytes payload(Bytes bytes) {
    return bytes.slice(at + HEADER, (int) Math.min(bytes.length(), end()));
  }

  /** What is wrong with its header, or null. Unknown types are to be ignored (RFC 9113 §5.5). */
  @Nullable String fault() {
    return switch (type) {
      case DATA, HEADERS, PUSH_PROMISE, CONTINUATION ->
          stream == 0 ? name() + " on stream 0" : null;
      case PRIORITY -> wrongLength(5);
      case RST_STREAM -> stream == 0 ? name() + " on stream 0" : wrongLength(4);
      case SETTINGS ->
          stream != 0
              ? name() + " on a stream"
              : length % 6 != 0 ? name() + " of " + length + " octets" : null;
      case PING -> stream != 0 ? name() + " on a stream" : wrongLength(8);
      case GOAWAY ->
          stream != 0
              ? name() + " on a stream"
              : length < 8 ? name() + " of " + length + " octets" : null;
      case WINDOW_UPDATE -> wrongLength(4);
      default -> length > USUAL_LIMIT ? name() + " of " + length + " octets" : null;
    };
  }

  /** Whether an ordinary endpoint would send a frame with such a header. */
  boolean isPlausible() {
    return type < FLAGS.length
        && length <= USUAL_LIMIT
        && (flags & ~FLAGS[type]) == 0
        && fault() == null;
  }

  /**
   * Whether it is one in the middle of octets of which it is not known what they are: empty frames
   * without a purpose, and streams that only a pushing server opens, are more often something else,
   * such as small numbers of four octets.
   */
  boolean isTelling() {
    return isPlausible()
        && (stream == 0 || stream % 2 == 1)
        && switch (type) {
          case DATA -> length > 0 || has(END_STREAM);
          case SETTINGS -> (length == 0) == has(ACK);
          case HEADERS, PUSH_PROMISE, CONTINUATION -> length > 0;
          default -> true;
        };
  }

  String name() {
    return switch (type) {
      case DATA -> "DATA";
      case HEADERS -> "HEADERS";
      case PRIORITY -> "PRIORITY";
      case RST_STREAM -> "RST_STREAM";
      case SETTINGS -> "SETTINGS";
      case PUSH_PROMISE -> "PUSH_PROMISE";
      case PING -> "PING";
      case GOAWAY -> "GOAWAY";
      case WINDOW_UPDATE -> "WINDOW_UPDATE";
      case CONTINUATION -> "CONTINUATION";
      default -> "frame of type " + type;
    };
  }

  /** The payload without its padding (RFC 9113 §6.1). */
  ByteReader unpadded(Bytes payload) throws Malformed {
    ByteReader reader = payload.reader();
    if (!has(PADDED)) {
      return reader;
    }
    int padding = reader.u8("the length of padding");
    if (padding > reader.remaining()) {
      throw new Malformed(0, name() + " with more padding than payload");
    }
    return reader.reader(reader.remaining() - padding, name());
  }

  private @Nullable String wrongLength(int right) {
    return length == right ? null : name() + " of " + length + " octets";
  }
}
