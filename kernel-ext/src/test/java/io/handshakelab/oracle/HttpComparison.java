package io.handshakelab.oracle;

import io.handshakelab.http.HttpMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The heads of HTTP messages: frame, line and header lines. */
final class HttpComparison {
  private HttpComparison() {}

  static List<Difference> of(List<HttpMessage> ours, Map<Integer, TheirFrame> theirs) {
    Map<Integer, List<String>> byFrame = new TreeMap<>();
    for (HttpMessage m : ours) {
      byFrame.computeIfAbsent(m.frame(), f -> new ArrayList<>()).add(words(m));
    }
    TreeSet<Integer> frames = new TreeSet<>(byFrame.keySet());
    theirs.values().stream().filter(f -> !f.http.isEmpty()).forEach(f -> frames.add(f.number));
    List<Difference> differences = new ArrayList<>();
    for (int frame : frames) {
      TheirFrame their = theirs.get(frame);
      List<String> expected = their == null ? List.of() : their.http;
      List<String> our = byFrame.getOrDefault(frame, List.of());
      if (!expected.equals(our)) {
        differences.add(
            new Difference("http", "frame " + frame, expected.toString(), our.toString()));
      }
    }
    return differences;
  }

  private static String words(HttpMessage m) {
    List<String> said = m.headers().stream().filter(line -> !line.startsWith("(")).toList();
    return (m.line() + "\n" + String.join("\n", said)).strip();
  }
}
