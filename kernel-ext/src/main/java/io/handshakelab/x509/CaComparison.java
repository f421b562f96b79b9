package io.handshakelab.x509;

import io.handshakelab.x509.CaTree.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Why there are intermediates: what a leaked key costs as the tree is, and what it would cost if
 * the root had issued everything itself. In that other case the root's key is the one in daily use,
 * so it is the root's key that leaks where here an intermediate's does.
 */
public final class CaComparison {
  /**
   * One line of the comparison.
   *
   * @param asItIs with the authorities that there are
   * @param rootAlone if there were no intermediates
   */
  public record Row(String question, String asItIs, String rootAlone) {}

  /** An end user in the case without intermediates, or the root above it. */
  public record FlatNode(Node node, Node root, Fate fate) {}

  private static final int NAMES_SHOWN = 8;

  private final CaTree tree;
  private final CaTree.Compromise leak;
  private final List<FlatNode> flat = new ArrayList<>();
  private final boolean anIntermediate;

  private CaComparison(CaTree tree, CaTree.Compromise leak) {
    this.tree = tree;
    this.leak = leak;
    Set<Integer> fallenRoots = new HashSet<>();
    Set<Integer> fallenUsers = new HashSet<>();
    boolean intermediate = false;
    for (Node owner : leak.leaked()) {
      if (owner.isTop() || owner.category() != Category.END_USER) {
        fallenRoots.add(tree.topOf(owner).index());
        intermediate |= !owner.isTop();
      } else {
        fallenUsers.add(owner.index());
      }
    }
    anIntermediate = intermediate;
    for (Node node : tree.nodes()) {
      Node root = tree.topOf(node);
      boolean below = fallenRoots.contains(root.index());
      if (node.isTop()) {
        flat.add(new FlatNode(node, node, below ? Fate.LEAKED : Fate.GOOD));
      } else if (node.category() == Category.END_USER) {
        Fate own = node.revoked() == null ? Fate.GOOD : Fate.REVOKED;
        flat.add(
            new FlatNode(
                node,
                root,
                fallenUsers.contains(node.index())
                    ? Fate.LEAKED
                    : below && own == Fate.GOOD ? Fate.BELOW_LEAKED : own));
      }
    }
  }

  public static CaComparison of(CaTree tree, CaTree.Compromise leak) {
    return new CaComparison(tree, leak);
  }

  public CaTree tree() {
    return tree;
  }

  public CaTree.Compromise leak() {
    return leak;
  }

  /** The tree without intermediates: each root right before its end users. */
  public List<FlatNode> flat() {
    return List.copyOf(flat);
  }

  /** Whether it is an intermediate's key, so that the two cases differ. */
  public boolean differs() {
    return anIntermediate;
  }

  public List<Row> rows() {
    List<Node> users = tree.nodes().stream().filter(CaComparison::isUser).toList();
    List<Node> lostUsers = leak.lost().stream().filter(CaComparison::isUser).toList();
    List<Node> lostCas = leak.lost().stream().filter(n -> !isUser(n)).toList();
    List<Node> safeUsers = leak.safe().stream().filter(CaComparison::isUser).toList();
    List<Node> safeCas = leak.safe().stream().filter(n -> !isUser(n)).toList();
    List<Node> flatLostUsers = flat(true, true);
    List<Node> flatLostRoots = flat(false, true);
    List<Node> flatSafeUsers = flat(true, false);
    List<Row> rows = new ArrayList<>();
    rows.add(
        new Row(
            "whose key has leaked",
            names(leak.leaked()),
            anIntermediate ? names(flatLostRoots) : names(leak.leaked())));
    rows.add(
        new Row(
            "end users no longer believed", share(lostUsers, users), share(flatLostUsers, users)));
    rows.add(new Row("end users still believed", count(safeUsers), count(flatSafeUsers)));
    rows.add(new Row("authorities no longer believed", count(lostCas), count(flatLostRoots)));
    rows.add(new Row("authorities still believed", count(safeCas), count(flat(false, false))));
    rows.add(
        new Row(
            "to be issued anew",
            names(join(lostCas, lostUsers)),
            names(join(flatLostRoots, flatLostUsers))));
    rows.add(new Row("who withdraws it", withdrawer(leak.leaked()), flatWithdrawer()));
    rows.add(
        new Row(
            "to be distributed anew",
            distribution(lostCas, lostUsers),
            distribution(flatLostRoots, flatLostUsers)));
    rows.add(new Row("trust stores to be changed", stores(lostCas), stores(flatLostRoots)));
    return rows;
  }

  private List<Node> flat(boolean users, boolean lost) {
    return flat.stream()
        .filter(f -> isUser(f.node()) == users)
        .filter(
            f ->
                lost
                    ? f.fate() == Fate.LEAKED || f.fate() == Fate.BELOW_LEAKED
                    : f.fate().believed())
        .map(FlatNode::node)
        .toList();
  }

  /** Who is not a certification authority. A lonely end user may stand at the top. */
  private static boolean isUser(Node node) {
    return node.category() == Category.END_USER;
  }

  private static List<Node> join(List<Node> some, List<Node> more) {
    Set<Node> all = new LinkedHashSet<>(some);
    all.addAll(more);
    return List.copyOf(all);
  }

  private static String count(List<Node> some) {
    return Integer.toString(some.size());
  }

  private static String share(List<Node> some, List<Node> all) {
    return some.size() + " of " + all.size();
  }

  private static String names(List<Node> some) {
    if (some.isEmpty()) {
      return "nobody";
    }
    List<String> names = some.stream().map(Node::name).distinct().toList();
    String shown = names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
    int more = names.size() - NAMES_SHOWN;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  private String withdrawer(List<Node> owners) {
    Set<String> who = new TreeSet<>();
    for (Node owner : owners) {
      who.add(
          owner.isTop()
              ? "nobody: no one stands above it"
              : tree.nodes().get(owner.parent()).name() + ", in its revocation list");
    }
    return String.join("; ", who);
  }

  private String flatWithdrawer() {
    Set<String> who = new TreeSet<>();
    for (FlatNode flatNode : flat) {
      if (flatNode.fate() == Fate.LEAKED) {
        who.add(
            flatNode.node().isTop()
                ? "nobody: no one stands above it"
                : flatNode.root().name() + ", in its revocation list");
      }
    }
    return String.join("; ", who);
  }

  private static String distribution(List<Node> authorities, List<Node> users) {
    List<String> parts = new ArrayList<>();
    long roots = authorities.stream().filter(Node::isTop).count();
    long others = authorities.size() - roots;
    if (roots > 0) {
      parts.add(number(roots, "new root") + ", to every computer");
    }
    if (others > 0) {
      parts.add(number(others, "new intermediate") + ", which servers send with their own");
    }
    if (!users.isEmpty()) {
      parts.add(number(users.size(), "end user's certificate") + ", each to its server");
    }
    return parts.isEmpty() ? "nothing" : String.join("; ", parts);
  }

  private static String stores(List<Node> lostAuthorities) {
    return lostAuthorities.stream().anyMatch(Node::isTop)
        ? "all: the root must be taken out, and the new one put in"
        : "none";
  }

  private static String number(long count, String what) {
    return count == 1 ? "1 " + what : count + " " + plural(what);
  }

  private static String plural(String what) {
    return what.endsWith("'s certificate")
        ? what.replace("user's certificate", "users' certificates")
        : what + "s";
  }
}
