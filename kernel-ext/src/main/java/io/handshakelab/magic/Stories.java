package io.handshakelab.magic;

import io.handshakelab.capture.Capture;
import io.handshakelab.simulate.Scenario;
import io.handshakelab.simulate.https.HttpsVisit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The scenarios that can be simulated. */
final class Stories {
  private Stories() {}

  /** All of them, and what to look for in each. */
  static Map<String, String> all() {
    Map<String, String> sentences = new LinkedHashMap<>();
    for (Scenario story : Scenario.values()) {
      sentences.put(story.label(), story.lookFor());
    }
    sentences.put(HttpsVisit.NAME, HttpsVisit.SENTENCE);
    return sentences;
  }

  /** What to look for in a capture that was simulated, maybe long ago; null if it was not. */
  static @Nullable String lookFor(Capture capture) {
    String source = capture.source();
    int story = source.indexOf(": ", source.indexOf(Capture.SIMULATED) + 1);
    int end = source.indexOf(',', story + 1);
    return capture.isSimulated() && story >= 0 && end >= 0
        ? all().get(source.substring(story + 2, end))
        : null;
  }
}
