package io.handshakelab.http;

/** Error codes (RFC 9113 §7). */
final class Http2Error {
  private static final String[] NAMES = {
    "NO_ERROR",
    "PROTOCOL_ERROR",
    "INTERNAL_ERROR",
    "FLOW_CONTROL_ERROR",
    "SETTINGS_TIMEOUT",
    "STREAM_CLOSED",
    "FRAME_SIZE_ERROR",
    "REFUSED_STREAM",
    "CANCEL",
    "COMPRESSION_ERROR",
    "CONNECT_ERROR",
    "ENHANCE_YOUR_CALM",
    "INADEQUATE_SECURITY",
    "HTTP_1_1_REQUIRED"
  };

  private Http2Error() {}

  static String name(long code) {
    return code < NAMES.length ? NAMES[(int) code] : "error 0x" + Long.toHexString(code);
  }
}
