package io.handshakelab.text;

/**
 * Makes text safe to show that a stranger could choose: names in certificates and DNS answers, HTTP
 * headers, comments in capture files. Control characters (ANSI sequences begin with one),
 * characters that turn the direction of writing (Unicode TR #36 §2.5), invisible ones and unpaired
 * surrogates are shown by their number, {@code ‹U+202E›}.
 */
public final class Escape {
  private Escape() {}

  /** Safe in a terminal; line feeds and tabs stay as they are. */
  public static String visible(String text) {
    return escape(text, false, false);
  }

  /** Safe in a terminal and in one line: a line feed becomes {@code ⏎}. */
  public static String line(String text) {
    return escape(text, true, false);
  }

  /** Safe as the content of an HTML element or of a quoted attribute; line feeds and tabs stay. */
  public static String html(String text) {
    return escape(text, false, true);
  }

  private static String escape(String text, boolean oneLine, boolean html) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(safe, c, oneLine, html));
    return safe.toString();
  }

  private static void append(StringBuilder safe, int c, boolean oneLine, boolean html) {
    if (c == '\n') {
      safe.append(oneLine ? " ⏎ " : "\n");
    } else if (c == '\t') {
      safe.append(oneLine ? ' ' : '\t');
    } else if (hidden(c)) {
      safe.append(String.format("‹U+%04X›", c));
    } else if (html) {
      appendHtml(safe, c);
    } else {
      safe.appendCodePoint(c);
    }
  }

  private static void appendHtml(StringBuilder safe, int c) {
    switch (c) {
      case '&' -> safe.append("&amp;");
      case '<' -> safe.append("&lt;");
      case '>' -> safe.append("&gt;");
      case '"' -> safe.append("&quot;");
      case '\'' -> safe.append("&#39;");
      // JupyterLab typesets what stands between dollar signs.
      case '$' -> safe.append("&#36;");
      default -> safe.appendCodePoint(c);
    }
  }

  private static boolean hidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
