package io.handshakelab.oracle;

import io.handshakelab.http.HttpMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The heads of HTTP messages: their order in each connection and direction, line, header lines and
 * frame. tshark lists an HTTP/1.1 message where its body ends, we where its head ends.
 */
final class HttpComparison {
  private record Head(int frame, String words, boolean bodyMayFollow) {}

  private HttpComparison() {}

  static List<Difference> of(List<HttpMessage> ours, Map<Integer, TheirFrame> theirs) {
    Map<String, List<Head>> our = new TreeMap<>();
    for (HttpMessage m : ours) {
      boolean body = m.bodyLength() > 0 && !m.line().contains("HTTP/2");
      add(our, m.connection(), new Head(m.frame(), words(m), body));
    }
    Map<String, List<Head>> their = new TreeMap<>();
    for (TheirFrame frame : theirs.values()) {
      frame.http.forEach(words -> add(their, frame.stream, new Head(frame.number, words, false)));
    }
    TreeSet<String> directions = new TreeSet<>(our.keySet());
    directions.addAll(their.keySet());
    List<Difference> differences = new ArrayList<>();
    for (String direction : directions) {
      List<Head> a = their.getOrDefault(direction, List.of());
      List<Head> b = our.getOrDefault(direction, List.of());
      for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
        Head one = i < a.size() ? a.get(i) : new Head(0, "nothing", false);
        Head other = i < b.size() ? b.get(i) : new Head(0, "nothing", false);
        if (!one.words.equals(other.words)
            || (other.bodyMayFollow ? one.frame < other.frame : one.frame != other.frame)) {
          differences.add(new Difference("http", direction, one.toString(), other.toString()));
        }
      }
    }
    return differences;
  }

  private static void add(Map<String, List<Head>> heads, int connection, Head head) {
    String kind = head.words.startsWith("HTTP/") ? " responses" : " requests";
    heads.computeIfAbsent("connection " + connection + kind, k -> new ArrayList<>()).add(head);
  }

  private static String words(HttpMessage m) {
    List<String> said = m.headers().stream().filter(line -> !line.startsWith("(")).toList();
    return (m.line() + "\n" + String.join("\n", said)).strip();
  }
}
