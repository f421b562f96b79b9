package io.handshakelab.magic;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What a person may have meant by a word that is not known. */
final class Suggest {
  private Suggest() {}

  /** The known word that needs the fewest changes, if they are few enough to be a slip. */
  static Optional<String> nearest(String word, Collection<String> known) {
    if (word.length() > 64) {
      return Optional.empty();
    }
    int most = Math.max(1, word.replaceFirst("^-+", "").length() / 2);
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= most || isStart(word, candidate))
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  private static boolean isStart(String word, String candidate) {
    return word.length() > 3 && candidate.startsWith(word);
  }

  /** Letters to be put in, left out or changed (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
