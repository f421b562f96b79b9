package io.handshakelab.capture;

import java.nio.charset.StandardCharsets;

// draft-ietf-opsawg-pcapng §3.5
// |  Option Code (2)  |  Option Length (2)  |  Value, padded to 4  |

/** Goes through the options at the end of a block; stops at the first that does not fit. */
final class PcapngOptions {
  static final int END = 0;
  static final int COMMENT = 1;

  private final Words words;
  private final int end;
  private int next;
  private int code;
  private int at;
  private int length;

  PcapngOptions(Words words, int from, int end) {
    this.words = words;
    this.next = from;
    this.end = end;
  }

  /** Steps to the next option; false if there is none. */
  boolean next() {
    if (end - next < 4) {
      return false;
    }
    code = words.u16(next);
    length = words.u16(next + 2);
    at = next + 4;
    if (code == END || length > end - at) {
      next = end;
      return false;
    }
    next = Math.min(end, at + (length + 3) / 4 * 4);
    return true;
  }

  int code() {
    return code;
  }

  /** Where the value begins. */
  int at() {
    return at;
  }

  int length() {
    return length;
  }

  String text() {
    return new String(words.bytes().slice(at, at + length).toArray(), StandardCharsets.UTF_8);
  }
}
