package io.handshakelab.chart;

import io.handshakelab.text.Escape;
import io.handshakelab.x509.CaComparison;
import io.handshakelab.x509.CaTree;
import io.handshakelab.x509.Fate;
import java.util.ArrayList;
import java.util.List;

/** The tree in letters, for a shell. */
final class CaText {
  private static final int MOST_LINES = 1000;
  private static final int DEEPEST = 24;
  private static final int NAME_WIDTH = 48;

  private CaText() {}

  static String of(CaTree tree, List<Fate> fates) {
    boolean judged = fates.stream().anyMatch(fate -> !fate.believed());
    return tree(tree, fates, judged);
  }

  static String of(CaComparison comparison) {
    CaTree.Compromise leak = comparison.leak();
    int lost = leak.lost().size();
    return tree(comparison.tree(), leak.fates(), true)
        + "\nthe key of "
        + Escape.line(leak.name())
        + " has leaked: "
        + lost
        + " of "
        + comparison.tree().nodes().size()
        + " can no longer be believed\n\n"
        + cases(comparison);
  }

  /** Both cases below each question: a table would cut off what is long. */
  private static String cases(CaComparison comparison) {
    StringBuilder text = new StringBuilder();
    for (CaComparison.Row row : comparison.rows()) {
      text.append(row.question()).append('\n');
      text.append("   as it is               ").append(Escape.line(row.asItIs())).append('\n');
      text.append("   if the root signs all  ").append(Escape.line(row.rootAlone())).append('\n');
    }
    return text.toString();
  }

  private static String tree(CaTree tree, List<Fate> fates, boolean judged) {
    List<CaTree.Node> nodes = tree.nodes();
    boolean[] last = lastOfTheirs(nodes);
    StringBuilder text = new StringBuilder();
    List<Boolean> lastAbove = new ArrayList<>();
    for (int i = 0; i < Math.min(nodes.size(), MOST_LINES); i++) {
      CaTree.Node node = nodes.get(i);
      while (lastAbove.size() > node.depth()) {
        lastAbove.remove(lastAbove.size() - 1);
      }
      StringBuilder line = new StringBuilder();
      int depth = Math.min(node.depth(), DEEPEST);
      for (int above = 1; above < depth; above++) {
        line.append(lastAbove.get(above) ? "   " : "│  ");
      }
      line.append(depth == 0 ? "" : last[i] ? "└─ " : "├─ ").append(Escape.line(node.name()));
      if (node.depth() > DEEPEST) {
        line.append(" (").append(node.depth()).append(" below the top)");
      }
      lastAbove.add(last[i]);
      pad(line, NAME_WIDTH);
      line.append("  ");
      int column = line.length();
      line.append(node.category().label());
      if (judged) {
        pad(line, column + 14);
        Fate fate = fates.get(i);
        line.append(fate.believed() ? "✓ " : "✗ ").append(fate.words());
        if (fate == Fate.REVOKED) {
          line.append(": ").append(Escape.line(String.valueOf(node.revoked())));
        }
      }
      text.append(line).append('\n');
    }
    if (nodes.size() > MOST_LINES) {
      text.append("… ").append(nodes.size() - MOST_LINES).append(" more\n");
    }
    return nodes.isEmpty() ? "There are no certificates.\n" : text.toString();
  }

  private static void pad(StringBuilder line, int width) {
    while (line.length() < width) {
      line.append(' ');
    }
  }

  /** Whether no other stands below the same issuer after it. */
  private static boolean[] lastOfTheirs(List<CaTree.Node> nodes) {
    boolean[] last = new boolean[nodes.size()];
    boolean[] seen = new boolean[nodes.size() + 1];
    for (int i = nodes.size() - 1; i >= 0; i--) {
      int parent = nodes.get(i).parent() + 1;
      last[i] = !seen[parent];
      seen[parent] = true;
    }
    return last;
  }
}
