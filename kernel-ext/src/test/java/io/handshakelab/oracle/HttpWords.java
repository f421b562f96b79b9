package io.handshakelab.oracle;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts tshark's fields of HTTP together: the request or status line and the header lines of each
 * head; of HTTP/2 the header lines only, the pseudo ones among them.
 */
final class HttpWords {
  private final List<String> first = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private String name = "";

  void field(String field, String show) {
    switch (field) {
      case "http.request.method",
          "http.request.uri",
          "http.request.version",
          "http.response.version",
          "http.response.code",
          "http.response.phrase" ->
          first.add(show);
      case "http.request.line", "http.response.line" -> lines.add(show.strip());
      case "http2.header.name" -> name = show;
      case "http2.header.value" -> lines.add(name + ": " + show);
      default -> {}
    }
  }

  /** What has come together since the last call: one head, or none. */
  List<String> take() {
    if (first.isEmpty() && lines.isEmpty()) {
      return List.of();
    }
    String head = String.join(" ", first) + "\n" + String.join("\n", lines);
    first.clear();
    lines.clear();
    return List.of(head.strip());
  }
}
