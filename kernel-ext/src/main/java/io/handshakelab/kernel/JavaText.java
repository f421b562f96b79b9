package io.handshakelab.kernel;

/** The little that is needed of Java's lexical structure (JLS §3.7, §3.10). */
final class JavaText {
  private JavaText() {}

  /** The text with each comment replaced by a space; what looks like one in a literal stays. */
  static String withoutComments(String java) {
    StringBuilder kept = new StringBuilder(java.length());
    int i = 0;
    while (i < java.length()) {
      int end;
      if (java.startsWith("//", i)) {
        end = after(java, "\n", i + 2);
        kept.append(' ');
      } else if (java.startsWith("/*", i)) {
        end = after(java, "*/", i + 2);
        kept.append(' ');
      } else if (java.startsWith("\"\"\"", i)) {
        end = literal(java, i + 3, "\"\"\"");
        kept.append(java, i, end);
      } else if (java.charAt(i) == '"' || java.charAt(i) == '\'') {
        end = literal(java, i + 1, String.valueOf(java.charAt(i)));
        kept.append(java, i, end);
      } else {
        end = i + 1;
        kept.append(java.charAt(i));
      }
      i = end;
    }
    return kept.toString();
  }

  private static int after(String java, String sign, int from) {
    int at = java.indexOf(sign, from);
    return at < 0 ? java.length() : at + sign.length();
  }

  private static int literal(String java, int from, String sign) {
    int i = from;
    while (i < java.length()) {
      if (java.charAt(i) == '\\') {
        i += 2;
      } else if (java.startsWith(sign, i)) {
        return i + sign.length();
      } else {
        i++;
      }
    }
    return java.length();
  }
}
