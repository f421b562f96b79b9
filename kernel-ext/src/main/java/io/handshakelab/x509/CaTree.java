package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.problem.Problem;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;

/** Who certified whom: roots, those below them, and end users as leaves. */
public final class CaTree {
  /**
   * One certificate in the tree.
   *
   * @param depth 0 at the top
   * @param parent index of the issuer among {@link #nodes}, or -1 at the top
   * @param name the common name, or the whole name if there is none; not escaped for display
   * @param revoked why it was withdrawn, or null if it was not
   */
  public record Node(
      int index,
      int depth,
      int parent,
      String name,
      String subject,
      String issuer,
      String serial,
      Instant notAfter,
      String key,
      Category category,
      @Nullable String revoked,
      Bytes der) {
    public boolean isTop() {
      return parent == IssuerGraph.TOP;
    }
  }

  /**
   * What follows when a private key is no longer private.
   *
   * @param leaked whose key it is
   * @param lost whom nobody can believe any longer because of it: the owner, and all below
   * @param safe who still can be believed
   * @param fates of each node of the tree, by its index
   */
  public record Compromise(
      String name, List<Node> leaked, List<Node> lost, List<Node> safe, List<Fate> fates) {
    public Compromise {
      leaked = List.copyOf(leaked);
      lost = List.copyOf(lost);
      safe = List.copyOf(safe);
      fates = List.copyOf(fates);
    }
  }

  private static final int NAMES_IN_ADVICE = 20;

  private final List<Node> nodes;
  private final List<ParsedCertificate> certificates;

  /** For each node all that may have issued it: a cross-signed issuer has two certificates. */
  private final List<int[]> issuers;

  private final List<String> findings;

  private CaTree(
      List<Node> nodes,
      List<ParsedCertificate> certificates,
      List<int[]> issuers,
      List<String> findings) {
    this.nodes = List.copyOf(nodes);
    this.certificates = List.copyOf(certificates);
    this.issuers = List.copyOf(issuers);
    this.findings = List.copyOf(findings);
  }

  /** The tree (or trees) of these certificates, each in DER, in any order. */
  public static CaTree of(List<Bytes> ders) {
    return of(ders, Map.of(), TrustStore.empty());
  }

  /**
   * The same, with what else is known.
   *
   * @param revoked those that were withdrawn, and why
   * @param trust where the roots are looked for that are missing
   */
  public static CaTree of(List<Bytes> ders, Map<Bytes, String> revoked, TrustStore trust) {
    List<String> findings = new ArrayList<>();
    IssuerGraph graph = IssuerGraph.of(ders, trust, findings);
    int count = graph.certificates().size();
    List<Node> nodes = new ArrayList<>();
    List<ParsedCertificate> ordered = new ArrayList<>();
    int[] place = new int[count];
    // A stack instead of recursion: a chain may be as long as the file.
    Deque<int[]> waiting = new ArrayDeque<>();
    push(waiting, graph.childrenOf(IssuerGraph.TOP), IssuerGraph.TOP, 0);
    while (!waiting.isEmpty()) {
      int[] next = waiting.removeLast();
      ParsedCertificate certificate = graph.certificates().get(next[0]);
      int index = nodes.size();
      place[next[0]] = index;
      nodes.add(node(index, next[2], next[1], certificate, revoked.get(certificate.bytes())));
      ordered.add(certificate);
      push(waiting, graph.childrenOf(next[0]), index, next[2] + 1);
    }
    List<int[]> issuers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      issuers.add(new int[0]);
    }
    for (int i = 0; i < count; i++) {
      issuers.set(place[i], Arrays.stream(graph.issuersOf(i)).map(at -> place[at]).toArray());
    }
    return new CaTree(nodes, ordered, issuers, findings);
  }

  /** Each node right before those below it, so that indenting by depth draws the tree. */
  public List<Node> nodes() {
    return nodes;
  }

  /** What could not be read, each in one line. */
  public List<String> findings() {
    return findings;
  }

  /** The root, or whoever else stands at the top of the tree in which this one is. */
  public Node topOf(Node node) {
    Node at = node;
    while (!at.isTop()) {
      at = nodes.get(at.parent());
    }
    return at;
  }

  /** Of each node, by its index, what became of it by what was revoked. */
  public List<Fate> fates() {
    return fates(Set.of());
  }

  /**
   * Whom it takes down when this one's private key leaks. All certificates for the same key fall
   * together; who is certified by another key as well stays up.
   *
   * @param name the common name, the whole name or the serial number of the owner, in either case
   *     of letters
   * @throws Problem if nobody in the tree is called that
   */
  public Compromise compromise(String name) {
    List<Node> leaked = named(name);
    Set<SubjectPublicKeyInfo> keys = new HashSet<>();
    leaked.forEach(node -> keys.add(certificates.get(node.index()).publicKey()));
    List<Fate> fates = fates(keys);
    List<Node> lost = new ArrayList<>();
    List<Node> safe = new ArrayList<>();
    List<Node> owners = new ArrayList<>();
    for (Node node : nodes) {
      Fate fate = fates.get(node.index());
      if (fate == Fate.LEAKED) {
        owners.add(node);
      }
      if (fate == Fate.LEAKED || fate == Fate.BELOW_LEAKED) {
        lost.add(node);
      } else if (fate.believed()) {
        safe.add(node);
      }
    }
    return new Compromise(leaked.get(0).name(), owners, lost, safe, fates);
  }

  private List<Node> named(String name) {
    List<Node> found =
        nodes.stream()
            .filter(
                node ->
                    node.name().equalsIgnoreCase(name)
                        || node.subject().equalsIgnoreCase(name)
                        || node.serial().equalsIgnoreCase(name.replace(":", "")))
            .toList();
    if (found.isEmpty()) {
      List<String> all = nodes.stream().map(Node::name).distinct().toList();
      String some = all.stream().limit(NAMES_IN_ADVICE).collect(Collectors.joining(", "));
      int more = all.size() - NAMES_IN_ADVICE;
      throw new Problem(
          "nobody here is called " + name,
          all.isEmpty()
              ? "There are no certificates."
              : "There are: " + some + (more > 0 ? " and " + more + " more." : "."));
    }
    return found;
  }

  private List<Fate> fates(Set<SubjectPublicKeyInfo> leakedKeys) {
    boolean[] withoutLeak = believed(Set.of());
    boolean[] believed = leakedKeys.isEmpty() ? withoutLeak : believed(leakedKeys);
    List<Fate> fates = new ArrayList<>();
    for (Node node : nodes) {
      int at = node.index();
      if (leakedKeys.contains(certificates.get(at).publicKey())) {
        fates.add(Fate.LEAKED);
      } else if (node.revoked() != null) {
        fates.add(Fate.REVOKED);
      } else if (believed[at]) {
        fates.add(Fate.GOOD);
      } else {
        fates.add(withoutLeak[at] ? Fate.BELOW_LEAKED : Fate.BELOW_REVOKED);
      }
    }
    return fates;
  }

  /** Who is reached from a top over certificates that nothing is wrong with. */
  private boolean[] believed(Set<SubjectPublicKeyInfo> leakedKeys) {
    List<List<Integer>> issued = new ArrayList<>();
    nodes.forEach(node -> issued.add(new ArrayList<>()));
    boolean[] believed = new boolean[nodes.size()];
    Deque<Integer> waiting = new ArrayDeque<>();
    for (Node node : nodes) {
      for (int issuer : issuers.get(node.index())) {
        issued.get(issuer).add(node.index());
      }
      if (node.isTop()) {
        waiting.add(node.index());
      }
    }
    while (!waiting.isEmpty()) {
      int at = waiting.remove();
      boolean bad =
          nodes.get(at).revoked() != null || leakedKeys.contains(certificates.get(at).publicKey());
      if (!believed[at] && !bad) {
        believed[at] = true;
        waiting.addAll(issued.get(at));
      }
    }
    return believed;
  }

  private static Node node(
      int index, int depth, int parent, ParsedCertificate certificate, @Nullable String revoked) {
    return new Node(
        index,
        depth,
        parent,
        certificate.commonName(),
        certificate.subject(),
        certificate.issuer(),
        certificate.serial(),
        certificate.notAfter(),
        certificate.key(),
        CertificateChain.category(
            certificate, parent == IssuerGraph.TOP && certificate.selfSigned()),
        revoked,
        certificate.bytes());
  }

  /** The last pushed is taken first, so the first goes last. */
  private static void push(Deque<int[]> waiting, List<Integer> some, int parent, int depth) {
    for (int i = some.size() - 1; i >= 0; i--) {
      waiting.addLast(new int[] {some.get(i), parent, depth});
    }
  }
}
