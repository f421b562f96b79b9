package io.handshakelab.oracle;

import java.util.ArrayList;
import java.util.List;

/** What tshark says about one frame. */
final class TheirFrame {
  final int number;
  int stream = -1;
  final List<TheirMessage> messages = new ArrayList<>();

  /** Request and status lines, those of HTTP/2 in the words of {@link HttpComparison}. */
  final List<String> http = new ArrayList<>();

  TheirFrame(int number) {
    this.number = number;
  }
}
