package io.handshakelab.kernel;

import io.handshakelab.problem.Problem;
import io.handshakelab.text.Escape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import jdk.jshell.EvalException;
import org.jspecify.annotations.Nullable;

/** What happened, the whole chain of causes, and what to try; all of it escaped. */
record ErrorCard(String whatHappened, List<String> causes, String advice) {
  private static final int MOST_CAUSES = 12;
  private static final int MOST_LETTERS = 600;

  ErrorCard {
    causes = List.copyOf(causes);
  }

  static ErrorCard of(String magic, Throwable thrown) {
    if (thrown instanceof Problem problem) {
      return new ErrorCard(
          oneLine(problem.whatHappened()), causes(problem.getCause()), oneLine(problem.advice()));
    }
    if (thrown instanceof InterruptedException) {
      return new ErrorCard(magic + " was interrupted", List.of(), "run the cell again");
    }
    if (thrown instanceof OutOfMemoryError) {
      return new ErrorCard(
          magic + " needs more memory than the kernel has",
          List.of(),
          "open a smaller capture, or read this one in a shell, such as by ./lab tls FILE --format csv;"
              + " -Xmx in the kernel's kernel.json gives it more");
    }
    return new ErrorCard(
        magic + " failed: " + oneLine(describe(thrown)),
        causes(thrown.getCause()),
        "this is a mistake in Handshake Lab: please report it, with the capture if you can"
            + where(thrown));
  }

  String html() {
    StringBuilder html = new StringBuilder();
    html.append(
        "<div style=\"border-left:4px solid var(--jp-error-color1,#d32f2f);padding:6px 12px;"
            + "margin:4px 0;line-height:1.5\"><strong>");
    html.append(Escape.html(whatHappened)).append("</strong>");
    for (String cause : causes) {
      html.append("<div style=\"opacity:.85\">because: ").append(Escape.html(cause));
      html.append("</div>");
    }
    if (!advice.isEmpty()) {
      html.append("<div>→ ").append(Escape.html(advice)).append("</div>");
    }
    return html.append("</div>").toString();
  }

  String text() {
    StringBuilder text = new StringBuilder(Escape.line(whatHappened));
    causes.forEach(cause -> text.append("\n  because: ").append(Escape.line(cause)));
    if (!advice.isEmpty()) {
      text.append("\n  → ").append(Escape.line(advice));
    }
    return text.toString();
  }

  private static List<String> causes(@Nullable Throwable first) {
    List<String> causes = new ArrayList<>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Throwable next = first;
    while (next != null && seen.add(next) && causes.size() < MOST_CAUSES) {
      causes.add(oneLine(describe(next)));
      next = next.getCause();
    }
    return causes;
  }

  private static String describe(Throwable thrown) {
    String message;
    try {
      message = thrown.getMessage();
    } catch (RuntimeException e) {
      message = "(it has no readable message)";
    }
    if (thrown instanceof Problem && message != null) {
      return message;
    }
    // JShell puts what a cell threw into one of its own, by name.
    String type =
        thrown instanceof EvalException evaluated
            ? evaluated.getExceptionClassName()
            : thrown.getClass().getSimpleName();
    return message == null || message.isBlank() ? type : type + ": " + message;
  }

  /** Where in our own code, which helps the one who gets the report. */
  private static String where(Throwable thrown) {
    for (StackTraceElement frame : thrown.getStackTrace()) {
      if (frame.getClassName().startsWith("io.handshakelab.")) {
        String file = frame.getFileName() == null ? frame.getClassName() : frame.getFileName();
        return " (" + file + ":" + frame.getLineNumber() + ")";
      }
    }
    return "";
  }

  private static String oneLine(String text) {
    String line = Escape.line(text.strip());
    return line.length() <= MOST_LETTERS ? line : line.substring(0, MOST_LETTERS) + "…";
  }
}
