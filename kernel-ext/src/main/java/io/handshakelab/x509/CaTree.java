package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import io.handshakelab.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Who certified whom: roots, those below them, and end users as leaves. */
public final class CaTree {
  /**
   * One certificate in the tree.
   *
   * @param name the common name, or the whole name if there is none; not escaped for display
   * @param depth 0 at the top
   * @param parent index of the issuer among {@link #nodes}, or -1 at the top
   */
  public record Node(
      int index,
      int depth,
      int parent,
      String name,
      String subject,
      Category category,
      Bytes der) {}

  /**
   * What follows when a private key is no longer private.
   *
   * @param lost whom nobody can believe any longer: the owner, and all below
   * @param safe who still can be believed
   */
  public record Compromise(String name, List<Node> lost, List<Node> safe) {
    public Compromise {
      lost = List.copyOf(lost);
      safe = List.copyOf(safe);
    }
  }

  private static final int TOP = -1;

  private final List<Node> nodes;
  private final List<ParsedCertificate> certificates;
  private final List<String> findings;

  private CaTree(List<Node> nodes, List<ParsedCertificate> certificates, List<String> findings) {
    this.nodes = List.copyOf(nodes);
    this.certificates = List.copyOf(certificates);
    this.findings = List.copyOf(findings);
  }

  /** The tree (or trees) of these certificates, each in DER, in any order. */
  public static CaTree of(List<Bytes> ders) {
    List<String> findings = new ArrayList<>();
    Set<ParsedCertificate> unique = new LinkedHashSet<>();
    for (int i = 0; i < ders.size(); i++) {
      try {
        unique.add(ParsedCertificate.parse(ders.get(i)));
      } catch (Malformed e) {
        findings.add("certificate " + (i + 1) + " is malformed: " + e.getMessage());
      }
    }
    List<ParsedCertificate> all = List.copyOf(unique);
    List<Integer> parents = parents(all);
    Map<Integer, List<Integer>> children = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      children.computeIfAbsent(parents.get(i), k -> new ArrayList<>()).add(i);
    }
    List<Node> nodes = new ArrayList<>();
    List<ParsedCertificate> ordered = new ArrayList<>();
    // A stack instead of recursion: a chain may be as long as the file.
    List<int[]> waiting = new ArrayList<>();
    push(waiting, children.getOrDefault(TOP, List.of()), TOP, 0);
    while (!waiting.isEmpty()) {
      int[] next = waiting.remove(waiting.size() - 1);
      ParsedCertificate certificate = all.get(next[0]);
      int index = nodes.size();
      nodes.add(node(index, next[2], next[1], certificate));
      ordered.add(certificate);
      push(waiting, children.getOrDefault(next[0], List.of()), index, next[2] + 1);
    }
    return new CaTree(nodes, ordered, findings);
  }

  /** Each node right before those below it, so that indenting by depth draws the tree. */
  public List<Node> nodes() {
    return nodes;
  }

  /** What could not be read, each in one line. */
  public List<String> findings() {
    return findings;
  }

  /**
   * Whom it takes down when this one's private key leaks. All certificates for the same key fall
   * together.
   *
   * @param name the common name or the whole name of the owner, in either case of letters
   * @throws Problem if nobody in the tree is called that
   */
  public Compromise compromise(String name) {
    Set<SubjectPublicKeyInfo> keys = new HashSet<>();
    for (Node node : nodes) {
      if (node.name().equalsIgnoreCase(name) || node.subject().equalsIgnoreCase(name)) {
        keys.add(certificates.get(node.index()).publicKey());
      }
    }
    if (keys.isEmpty()) {
      String names =
          nodes.stream().map(Node::name).distinct().limit(20).collect(Collectors.joining(", "));
      throw new Problem(
          "nobody here is called " + name,
          names.isEmpty() ? "There are no certificates." : "There are: " + names + ".");
    }
    boolean[] fallen = new boolean[nodes.size()];
    List<Node> lost = new ArrayList<>();
    List<Node> safe = new ArrayList<>();
    for (Node node : nodes) { // issuers come first
      int at = node.index();
      fallen[at] =
          keys.contains(certificates.get(at).publicKey())
              || (node.parent() != TOP && fallen[node.parent()]);
      (fallen[at] ? lost : safe).add(node);
    }
    return new Compromise(name, lost, safe);
  }

  private static Node node(int index, int depth, int parent, ParsedCertificate certificate) {
    return new Node(
        index,
        depth,
        parent,
        certificate.commonName(),
        certificate.subject(),
        CertificateChain.category(certificate, false),
        certificate.bytes());
  }

  /** The last pushed is taken first, so the first goes last. */
  private static void push(List<int[]> waiting, List<Integer> some, int parent, int depth) {
    for (int i = some.size() - 1; i >= 0; i--) {
      waiting.add(new int[] {some.get(i), parent, depth});
    }
  }

  /** For each the index of its issuer, or {@link #TOP}; where issuers form a circle, it is cut. */
  private static List<Integer> parents(List<ParsedCertificate> all) {
    Map<String, List<Integer>> bySubject = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      bySubject.computeIfAbsent(all.get(i).subjectKey(), k -> new ArrayList<>()).add(i);
    }
    List<Integer> parents = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      ParsedCertificate child = all.get(i);
      int parent = TOP;
      if (!child.selfSigned()) {
        for (int other : bySubject.getOrDefault(child.issuerKey(), List.of())) {
          if (parent == TOP && child.mayBeIssuedBy(all.get(other)) && !leadsTo(other, i, parents)) {
            parent = other;
          }
        }
      }
      parents.add(parent);
    }
    return parents;
  }

  /** Whether the way up from there, as far as it is known, comes to that one. */
  private static boolean leadsTo(int from, int target, List<Integer> parents) {
    int at = from;
    while (at != TOP && at != target) {
      at = at < parents.size() ? parents.get(at) : TOP;
    }
    return at == target;
  }
}
