package io.handshakelab.magic;

import io.handshakelab.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a magic answers.
 *
 * @param value a table, capture, picture or text; null where there is nothing to show
 * @param negative whether the finding is negative (exit status 1): a chain that is not valid
 * @param problem what went wrong after the value was got, which is shown all the same: a capture
 *     that ends early
 * @param notices what a person should know about the value, each in one line; not escaped
 * @param below what is shown below the value without being part of it
 */
public record Answer(
    @Nullable Object value,
    boolean negative,
    @Nullable Problem problem,
    List<String> notices,
    List<Object> below) {
  public Answer {
    notices = List.copyOf(notices);
    below = List.copyOf(below);
  }

  public static Answer of(@Nullable Object value) {
    return new Answer(value, false, null, List.of(), List.of());
  }

  Answer negativeIf(boolean condition) {
    return new Answer(value, negative || condition, problem, notices, below);
  }

  Answer with(@Nullable Problem after) {
    return new Answer(value, negative, problem == null ? after : problem, notices, below);
  }

  Answer with(List<String> more) {
    return new Answer(value, negative, problem, more, below);
  }

  Answer below(List<Object> more) {
    return new Answer(value, negative, problem, notices, more);
  }
}
