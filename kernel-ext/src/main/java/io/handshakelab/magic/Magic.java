package io.handshakelab.magic;

import io.handshakelab.problem.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * One command. Its fields are filled by picocli from the arguments; a command object serves one
 * call.
 */
abstract class Magic {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this text.")
  private boolean help;

  private @Nullable Session session;
  private @Nullable String cell;

  /**
   * Does the work.
   *
   * @throws InterruptedException if the person has lost patience
   */
  abstract Answer run() throws InterruptedException;

  final void enter(Session session, @Nullable String cell) {
    this.session = session;
    this.cell = cell;
  }

  final boolean helpWanted() {
    return help;
  }

  final Session session() {
    Session known = session;
    if (known == null) {
      throw new IllegalStateException("a command runs in a session");
    }
    return known;
  }

  /** The rest of the cell, if it is a cell magic. */
  final @Nullable String cell() {
    return cell;
  }

  static Problem missing(String what, String advice) {
    return new Problem(what, advice);
  }
}
