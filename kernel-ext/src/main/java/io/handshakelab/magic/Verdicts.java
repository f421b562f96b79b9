package io.handshakelab.magic;

import io.handshakelab.x509.PathCheck;
import java.util.List;

/**
 * What was asked of each chain, and what a browser would say of it.
 *
 * @param chains one for each chain
 */
public record Verdicts(List<Chain> chains) {
  public Verdicts {
    chains = List.copyOf(chains);
  }

  /**
   * One chain.
   *
   * @param checks what does not hold comes first: among thirty lines it would be overlooked
   * @param sentence what a browser would say; not escaped for display
   */
  public record Chain(List<PathCheck> checks, String sentence) {
    public Chain {
      checks = List.copyOf(checks);
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Chain chain : chains) {
      for (PathCheck check : chain.checks) {
        text.append(
            String.format(
                "%-2s %-18s %s: %s (%s)%n",
                mark(check), check.kind().label(), check.subject(), check.reason(), check.rfc()));
      }
      text.append(chain.sentence).append('\n');
    }
    return text.toString().stripTrailing();
  }

  /** {@code ok} or {@code !!}. */
  public static String mark(PathCheck check) {
    return check.ok() ? "ok" : "!!";
  }
}
