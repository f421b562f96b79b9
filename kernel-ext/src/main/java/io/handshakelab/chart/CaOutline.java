package io.handshakelab.chart;

import io.handshakelab.x509.CaComparison;
import io.handshakelab.x509.CaTree;
import io.handshakelab.x509.Category;
import io.handshakelab.x509.Fate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * As much of a tree of certificates as a picture has room for. Where there are too many, each
 * issuer shows the first few that it has issued, those that fell before the others, and the rest
 * are folded into one box with their number.
 */
final class CaOutline {
  /**
   * One box.
   *
   * @param category null for a box that stands for several
   * @param note a second line, or empty
   */
  record Box(
      String name, String note, @Nullable Category category, Fate fate, List<Box> children) {}

  private record Entry(String name, Category category, Fate fate, String note) {}

  private static final int MOST_LEAVES = 26;
  private static final int TOP = -1;

  private final List<Entry> entries = new ArrayList<>();
  private final Map<Integer, List<Integer>> children = new HashMap<>();
  private final List<Integer> parents = new ArrayList<>();
  private int[] below = {};
  private int[] lostBelow = {};
  private int columns;

  private CaOutline() {}

  /** The boxes at the top, with those below them in them, at most so many columns deep. */
  static List<Box> of(CaTree tree, List<Fate> fates, int columns) {
    CaOutline outline = new CaOutline();
    for (CaTree.Node node : tree.nodes()) {
      String revoked = node.revoked();
      outline.add(node, node.parent(), fates.get(node.index()), revoked);
    }
    return outline.boxes(columns);
  }

  /** The same for the case without intermediates. */
  static List<Box> of(CaComparison comparison) {
    CaOutline outline = new CaOutline();
    Map<Integer, Integer> places = new HashMap<>();
    for (CaComparison.FlatNode flat : comparison.flat()) {
      CaTree.Node node = flat.node();
      int parent = node.isTop() ? TOP : places.getOrDefault(flat.root().index(), TOP);
      places.put(node.index(), outline.entries.size());
      outline.add(node, parent, flat.fate(), node.revoked());
    }
    return outline.boxes(2);
  }

  /** How many columns the tree has. */
  static int depth(List<Box> boxes) {
    int depth = 0;
    for (Box box : boxes) {
      depth = Math.max(depth, 1 + depth(box.children()));
    }
    return depth;
  }

  private void add(CaTree.Node node, int parent, Fate fate, @Nullable String revoked) {
    String note =
        switch (fate) {
          case LEAKED -> "key leaked";
          case REVOKED -> "revoked: " + (revoked == null ? "" : revoked);
          default -> "";
        };
    children.computeIfAbsent(parent, k -> new ArrayList<>()).add(entries.size());
    parents.add(parent);
    entries.add(new Entry(node.name(), node.category(), fate, note));
  }

  private List<Box> boxes(int mostColumns) {
    columns = mostColumns;
    below = new int[entries.size()];
    lostBelow = new int[entries.size()];
    // Issuers stand before those whom they issued.
    for (int i = entries.size() - 1; i >= 0; i--) {
      int parent = parents.get(i);
      if (parent != TOP) {
        below[parent] += below[i] + 1;
        lostBelow[parent] += lostBelow[i] + (entries.get(i).fate().believed() ? 0 : 1);
      }
    }
    for (int each = MOST_LEAVES; each > 1; each--) {
      List<Box> boxes = below(TOP, 0, each);
      if (leaves(boxes) <= MOST_LEAVES) {
        return boxes;
      }
    }
    return below(TOP, 0, 1);
  }

  private List<Box> below(int parent, int column, int each) {
    List<Integer> all = children.getOrDefault(parent, List.of());
    List<Integer> sorted = new ArrayList<>(all);
    // What fell must be seen; among the others, who has issued most.
    if (all.size() > each) {
      sorted.sort(
          Comparator.<Integer>comparingInt(this::importance)
              .thenComparing(i -> -below[i])
              .thenComparing(i -> i));
    }
    // A box for one that is left would need the same room as that one.
    int shown = all.size() <= each + 1 ? all.size() : each;
    List<Integer> first = new ArrayList<>(sorted.subList(0, shown));
    first.sort(Comparator.naturalOrder());
    List<Box> boxes = new ArrayList<>();
    for (int i : first) {
      boxes.add(box(i, column, each));
    }
    if (shown < all.size()) {
      boxes.add(folded(sorted.subList(shown, all.size())));
    }
    return boxes;
  }

  private int importance(int i) {
    return switch (entries.get(i).fate()) {
      case LEAKED -> 0;
      case BELOW_LEAKED -> 2;
      case REVOKED, BELOW_REVOKED -> 3;
      case GOOD -> lostBelow[i] > 0 ? 1 : 4;
    };
  }

  private Box box(int i, int column, int each) {
    Entry entry = entries.get(i);
    if (column + 1 < columns || below[i] == 0) {
      return new Box(
          entry.name(), entry.note(), entry.category(), entry.fate(), below(i, column + 1, each));
    }
    String note = below[i] + " below it" + lost(lostBelow[i]);
    return new Box(
        entry.name(),
        entry.note().isEmpty() ? note : entry.note() + ", " + below[i] + " below",
        entry.category(),
        entry.fate(),
        List.of());
  }

  private Box folded(List<Integer> rest) {
    int lost = (int) rest.stream().filter(i -> !entries.get(i).fate().believed()).count();
    int deeper = rest.stream().mapToInt(i -> below[i]).sum();
    lost += rest.stream().mapToInt(i -> lostBelow[i]).sum();
    String name = "… " + rest.size() + " more" + (deeper > 0 ? " and " + deeper + " below" : "");
    boolean all = lost == rest.size() + deeper;
    Fate fate = all ? entries.get(rest.get(0)).fate() : Fate.GOOD;
    return new Box(name + (all ? "" : lost(lost)), "", null, fate, List.of());
  }

  private static String lost(int count) {
    return count == 0 ? "" : ", " + count + " not believed";
  }

  private static int leaves(List<Box> boxes) {
    return boxes.stream()
        .mapToInt(box -> box.children().isEmpty() ? 1 : leaves(box.children()))
        .sum();
  }
}
