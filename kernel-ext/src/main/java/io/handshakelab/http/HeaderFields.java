package io.handshakelab.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one header block of HTTP/2, as far as they could be told. */
final class HeaderFields {
  /** As for HTTP/1.1: more text than this is not shown of one block. */
  private static final int LIMIT = Head.LIMIT;

  private final TextBudget budget;
  private final List<String> lines = new ArrayList<>();
  private final Map<String, String> pseudo = new LinkedHashMap<>();
  private int text;
  private int left;
  private int unknown;

  HeaderFields(TextBudget budget) {
    this.budget = budget;
  }

  /** A field; what stands in its line is made by {@code line}, which may be shared. */
  void add(String name, String value, String line) {
    if (text + line.length() > LIMIT || !budget.take(line.length())) {
      left++;
      return;
    }
    text += line.length();
    if (name.startsWith(":")) {
      pseudo.putIfAbsent(name, oneLine(value));
    }
    lines.add(line);
  }

  /** A field whose name stands in a table entry that was set before what was captured. */
  void addUnknown(@Nullable String value, int index) {
    unknown++;
    add(
        "",
        "",
        value == null
            ? "(unknown field: HPACK entry " + index + " was set in what is not captured)"
            : "(unknown name, set in what is not captured): " + oneLine(value));
  }

  /** The value of a pseudo-header field (RFC 9113 §8.3), or null. */
  @Nullable String pseudo(String name) {
    return pseudo.get(name);
  }

  boolean hasUnknown() {
    return unknown > 0 || left > 0;
  }

  boolean hasPseudo() {
    return !pseudo.isEmpty();
  }

  /** Each {@code name: value} in order, but for those that the start line shows. */
  List<String> linesWithout(String... shown) {
    List<String> kept = new ArrayList<>();
    for (String line : lines) {
      if (!startsWithAny(line, shown)) {
        kept.add(line);
      }
    }
    if (left > 0) {
      kept.add("(" + left + " more fields are not shown: too much text)");
    }
    return kept;
  }

  private static boolean startsWithAny(String line, String... names) {
    for (String name : names) {
      if (line.startsWith(name) && line.startsWith(": ", name.length())) {
        return true;
      }
    }
    return false;
  }

  /** RFC 9113 §8.2.1 forbids what would look like another line; so does a table. */
  static String oneLine(String value) {
    boolean plain = true;
    for (int i = 0; i < value.length(); i++) {
      plain &= value.charAt(i) >= ' ' || value.charAt(i) == '\t';
    }
    return plain
        ? value
        : value
            .replace("\\", "\\\\")
            .replace("\r", "\\r")
            .replace("\n", "\\n")
            .replace("\0", "\\0");
  }
}
