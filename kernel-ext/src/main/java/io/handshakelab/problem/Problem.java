package io.handshakelab.problem;

import org.jspecify.annotations.Nullable;

/**
 * The arguments, the input or the surroundings are wrong: one clear line, and an advice. Shells
 * print both and exit with status 2; notebooks show an error card. Hostile bytes never cause one:
 * they become rows.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String advice;

  public Problem(String whatHappened, String advice) {
    this(whatHappened, advice, null);
  }

  public Problem(String whatHappened, String advice, @Nullable Throwable cause) {
    super(whatHappened, cause);
    this.advice = advice;
  }

  /** What happened, in one line. */
  public String whatHappened() {
    String message = getMessage();
    return message == null ? "unknown problem" : message;
  }

  /** What to try, in one line. */
  public String advice() {
    return advice;
  }
}
