package io.handshakelab.oracle;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts tshark's fields of HTTP together: the request or status line and the header lines of each
 * head, those of HTTP/2 in the words of HTTP/1.1.
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
      case "http2.stream" -> first.clear();
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
    String method = pseudo(":method: ");
    String path = pseudo(":path: ");
    String status = pseudo(":status: ");
    if (!method.isEmpty()) {
      first.addAll(List.of(method, path, "HTTP/2"));
    } else if (!status.isEmpty()) {
      first.addAll(List.of("HTTP/2", status));
    }
    String head = String.join(" ", first) + "\n" + String.join("\n", lines);
    first.clear();
    lines.clear();
    return List.of(head.strip());
  }

  private String pseudo(String name) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(name)) {
        return lines.remove(i).substring(name.length());
      }
    }
    return "";
  }
}
