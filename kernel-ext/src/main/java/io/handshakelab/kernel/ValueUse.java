package io.handshakelab.kernel;

import java.lang.StackWalker.StackFrame;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the value of a magic is assigned or passed on. Kernels turn {@code %tls} into a
 * call of {@code lineMagic} and do not say what became of its value; JJava shows it where it ends a
 * cell, IJava never. So we look at the Java around the call: the snippet is known from the class
 * that JShell made of it, which is on the stack.
 */
final class ValueUse {
  private static final String SNIPPET_CLASS = "REPL.$JShell$";
  private static final Pattern NUMBER = Pattern.compile("^\\d+");
  private static final Pattern QUALIFIER = Pattern.compile("[\\w.]*$");
  private static final Pattern EXPECTS_VALUE =
      Pattern.compile("(=|\\(|,|\\?|\\+|&|\\||->|\\breturn|\\byield|\\bthrow)$");

  private ValueUse() {}

  /**
   * Whether the running call of this magic stands where its value is wanted. Also true where the
   * call was written by hand ({@code lineMagic("tls", List.of())}), for then it is ordinary Java.
   */
  static boolean isUsed(@Nullable JShell shell, String name, List<String> arguments) {
    if (shell == null) {
      return true;
    }
    Pattern call = call(name, arguments);
    Optional<String> source =
        snippetNumber()
            .flatMap(id -> shell.snippets().filter(s -> s.id().equals(id)).findFirst())
            .map(Snippet::source);
    if (source.isEmpty()) {
      source =
          shell
              .snippets()
              .map(Snippet::source)
              .filter(text -> call.matcher(text).find())
              .reduce((earlier, later) -> later);
    }
    return source.isEmpty() || isUsed(source.get(), call);
  }

  static boolean isUsed(String source, String name, List<String> arguments) {
    return isUsed(source, call(name, arguments));
  }

  private static boolean isUsed(String source, Pattern call) {
    Matcher found = call.matcher(source);
    if (!found.find()) {
      return true;
    }
    String before = JavaText.withoutComments(source.substring(0, found.start()));
    String bare = QUALIFIER.matcher(before.stripTrailing()).replaceFirst("").stripTrailing();
    // The qualifier pattern also eats a keyword that stands before an unqualified call.
    String whole = before.stripTrailing();
    return EXPECTS_VALUE.matcher(bare).find() || EXPECTS_VALUE.matcher(whole).find();
  }

  /** The call as both kernels write it: every argument in Base64 of the platform's encoding. */
  private static Pattern call(String name, List<String> arguments) {
    String list = arguments.stream().map(ValueUse::decoded).collect(Collectors.joining(","));
    return Pattern.compile(
        "(?:line|cell)Magic\\("
            + decoded(name)
            + ",(?:java\\.util\\.)?List\\.of\\("
            + list
            + "\\)");
  }

  private static String decoded(String argument) {
    String base64 = Base64.getEncoder().encodeToString(argument.getBytes(Charset.defaultCharset()));
    return "new String\\((?:java\\.util\\.)?Base64\\.getDecoder\\(\\)\\.decode\\(\""
        + Pattern.quote(base64)
        + "\"\\)\\)";
  }

  private static Optional<String> snippetNumber() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .map(StackFrame::getClassName)
                    .filter(className -> className.startsWith(SNIPPET_CLASS))
                    .map(className -> className.substring(SNIPPET_CLASS.length()))
                    .findFirst())
        .map(NUMBER::matcher)
        .filter(Matcher::find)
        .map(Matcher::group);
  }
}
