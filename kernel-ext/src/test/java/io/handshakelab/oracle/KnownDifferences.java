package io.handshakelab.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checked-in list of differences from tshark, {@code tshark-differences.md}. Of each entry two
 * lines are read: {@code - key:} with regular expressions in back quotes that match the whole key
 * of a {@link Difference}, and {@code - test:} with the test classes in which it must occur.
 */
final class KnownDifferences {
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

  private final Map<Pattern, Set<String>> entries = new LinkedHashMap<>();

  private KnownDifferences() {}

  static KnownDifferences load() throws IOException {
    KnownDifferences known = new KnownDifferences();
    String text;
    try (InputStream in = KnownDifferences.class.getResourceAsStream("/tshark-differences.md")) {
      text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
    List<Pattern> keys = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("- key:")) {
        keys.clear();
        quoted(line).forEach(key -> keys.add(Pattern.compile(key, Pattern.DOTALL)));
      } else if (line.startsWith("- test:")) {
        keys.forEach(key -> known.entries.put(key, new TreeSet<>(quoted(line))));
        keys.clear();
      } else if (line.startsWith("## ") && !keys.isEmpty()) {
        throw new AssertionError("no test is named for " + keys);
      }
    }
    return known;
  }

  /**
   * What is left of a test's differences, and one line for each entry that should have occurred in
   * it and did not.
   */
  List<String> unexplained(Class<?> test, List<Difference> differences) {
    Set<String> seen = new TreeSet<>();
    List<String> left = new ArrayList<>();
    Map<String, Integer> repeated = new LinkedHashMap<>();
    for (Difference difference : differences) {
      boolean explained = false;
      for (Map.Entry<Pattern, Set<String>> entry : entries.entrySet()) {
        if (entry.getKey().matcher(difference.key()).matches()) {
          seen.add(entry.getKey().pattern());
          explained = true;
        }
      }
      if (!explained && repeated.merge(difference.key(), 1, Integer::sum) <= 2) {
        left.add(shortened(difference.toString()));
      }
    }
    repeated.forEach(
        (key, times) -> left.addAll(times > 2 ? List.of(times + " × " + key) : List.of()));
    entries.forEach(
        (key, tests) -> {
          if (tests.contains(test.getSimpleName()) && !seen.contains(key.pattern())) {
            left.add("listed in tshark-differences.md, but does not occur here: " + key);
          }
        });
    return left;
  }

  private static String shortened(String text) {
    return text.length() > 1200 ? text.substring(0, 1200) + "…" : text;
  }

  private static List<String> quoted(String line) {
    List<String> all = new ArrayList<>();
    Matcher matcher = QUOTED.matcher(line);
    while (matcher.find()) {
      all.add(matcher.group(1));
    }
    return all;
  }
}
