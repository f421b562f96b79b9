package io.handshakelab.kernel;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing to show, in several forms of which a front end takes the best it knows.
 *
 * @param data by MIME type; {@code text/plain} is always there
 * @param metadata by MIME type, such as the width of a picture
 */
record Bundle(Map<String, Object> data, Map<String, Object> metadata) {
  Bundle {
    data = Map.copyOf(data);
    metadata = Map.copyOf(metadata);
    if (!data.containsKey("text/plain")) {
      throw new IllegalArgumentException("text/plain is for front ends that know nothing else");
    }
  }

  static Bundle text(String text) {
    return new Bundle(Map.of("text/plain", text), Map.of());
  }

  static Bundle html(String html, String text) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("text/html", html);
    data.put("text/plain", text);
    return new Bundle(data, Map.of());
  }
}
