package io.handshakelab.magic;

import io.handshakelab.capture.Capture;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A capture in a few words. */
public final class CaptureSummary {
  private CaptureSummary() {}

  /** What is known, by what it is called; not escaped for display. */
  public static Map<String, String> of(Capture capture) {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("capture", capture.name());
    words.put("source", capture.source());
    int frames = capture.frameCount();
    long octets = 0;
    for (int i = 1; i <= frames; i++) {
      octets += capture.originalLength(i);
    }
    double seconds = frames == 0 ? 0 : (capture.timeNanos(frames) - capture.startNanos()) / 1e9;
    words.put(
        "frames", String.format(Locale.ROOT, "%d (%d bytes) in %.3f s", frames, octets, seconds));
    if (capture.vantage() != null) {
      words.put("taken at", capture.vantage().name().toLowerCase(Locale.ROOT));
    }
    int secrets = capture.secrets().lines().size();
    int keys = capture.secrets().serverKeys().size();
    String lines = secrets == 1 ? "1 line" : secrets + " lines";
    String privateKeys = keys == 1 ? "1 private key" : keys + " private keys";
    words.put(
        "TLS secrets",
        keys == 0
            ? secrets == 0 ? "none" : lines
            : secrets == 0 ? privateKeys : lines + ", " + privateKeys);
    String lookFor = Stories.lookFor(capture);
    if (lookFor != null) {
      words.put("look for", lookFor);
    }
    for (int i = 0; i < capture.warnings().size(); i++) {
      words.put("warning" + (i == 0 ? "" : " " + (i + 1)), capture.warnings().get(i));
    }
    return words;
  }

  public static String text(Capture capture) {
    StringBuilder text = new StringBuilder();
    of(capture).forEach((name, value) -> text.append(String.format("%-12s %s%n", name, value)));
    return text.toString().stripTrailing();
  }
}
