package io.handshakelab.x509;

import io.handshakelab.bytes.Bytes;
import io.handshakelab.bytes.Malformed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may have issued whom: by names and key identifiers, and where that leaves a choice between
 * keys, by the signature. Each certificate has one issuer under which the tree shows it.
 */
final class IssuerGraph {
  /** In place of an issuer, of one that has none here. */
  static final int TOP = -1;

  /** More are never looked at for one certificate. */
  private static final int MAX_ISSUERS = 32;

  private static final int MAX_SIGNATURES = 500;

  private final List<ParsedCertificate> certificates;
  private final List<int[]> issuers = new ArrayList<>();
  private final Map<Integer, List<Integer>> children = new HashMap<>();
  private int signatures;

  private IssuerGraph(List<ParsedCertificate> certificates) {
    this.certificates = List.copyOf(certificates);
    Map<String, List<Integer>> bySubject = new HashMap<>();
    for (int i = 0; i < certificates.size(); i++) {
      bySubject.computeIfAbsent(certificates.get(i).subjectKey(), k -> new ArrayList<>()).add(i);
    }
    // Where several fit, the one that is a root itself is shown as the issuer.
    bySubject
        .values()
        .forEach(same -> same.sort(Comparator.comparing(i -> !certificates.get(i).selfSigned())));
    int[] parents = new int[certificates.size()];
    for (int i = 0; i < certificates.size(); i++) {
      ParsedCertificate child = certificates.get(i);
      int[] found = candidates(i, bySubject.getOrDefault(child.issuerKey(), List.of()));
      issuers.add(found);
      parents[i] = parent(i, found, parents);
      children.computeIfAbsent(parents[i], k -> new ArrayList<>()).add(i);
    }
  }

  /**
   * Reads them, each once, and adds those roots that are missing at the top.
   *
   * @param findings takes a line for each that cannot be read
   */
  static IssuerGraph of(List<Bytes> ders, TrustStore trust, List<String> findings) {
    Set<ParsedCertificate> unique = new LinkedHashSet<>();
    for (int i = 0; i < ders.size(); i++) {
      try {
        unique.add(ParsedCertificate.parse(ders.get(i)));
      } catch (Malformed e) {
        findings.add("certificate " + (i + 1) + " is malformed: " + e.getMessage());
      }
    }
    addRoots(unique, trust);
    return new IssuerGraph(List.copyOf(unique));
  }

  List<ParsedCertificate> certificates() {
    return certificates;
  }

  /** All that may have issued it. */
  int[] issuersOf(int index) {
    return issuers.get(index);
  }

  /** Those that are shown below it. */
  List<Integer> childrenOf(int index) {
    return children.getOrDefault(index, List.of());
  }

  private static void addRoots(Set<ParsedCertificate> unique, TrustStore trust) {
    Map<String, List<ParsedCertificate>> bySubject = new HashMap<>();
    unique.forEach(c -> bySubject.computeIfAbsent(c.subjectKey(), k -> new ArrayList<>()).add(c));
    Deque<ParsedCertificate> waiting = new ArrayDeque<>(unique);
    while (!waiting.isEmpty()) {
      ParsedCertificate child = waiting.remove();
      boolean issuerIsHere =
          child.selfSigned()
              || bySubject.getOrDefault(child.issuerKey(), List.of()).stream()
                  .limit(MAX_ISSUERS)
                  .anyMatch(child::mayBeIssuedBy);
      if (!issuerIsHere) {
        for (ParsedCertificate root : trust.bySubject(child.issuerKey())) {
          if (child.mayBeIssuedBy(root) && unique.add(root)) {
            bySubject.computeIfAbsent(root.subjectKey(), k -> new ArrayList<>()).add(root);
            waiting.add(root);
          }
        }
      }
    }
  }

  private int[] candidates(int index, List<Integer> called) {
    ParsedCertificate child = certificates.get(index);
    if (child.selfSigned()) {
      return new int[0];
    }
    List<Integer> found =
        called.stream()
            .limit(MAX_ISSUERS)
            .filter(i -> i != index && child.mayBeIssuedBy(certificates.get(i)))
            .toList();
    long keys = found.stream().map(i -> certificates.get(i).publicKey()).distinct().count();
    if (keys > 1 && signatures + found.size() <= MAX_SIGNATURES) {
      signatures += found.size();
      List<Integer> signers = found.stream().filter(i -> signed(child, i)).toList();
      found = signers.isEmpty() ? found : signers;
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  private boolean signed(ParsedCertificate child, int issuer) {
    return LibraryVerdict.of(child.bytes(), certificates.get(issuer).bytes()).ok();
  }

  /** The first that does not make a circle. */
  private static int parent(int child, int[] candidates, int[] parents) {
    for (int candidate : candidates) {
      if (!leadsTo(candidate, child, parents)) {
        return candidate;
      }
    }
    return TOP;
  }

  /** Whether the way up from there, as far as it is known, comes to that one. */
  private static boolean leadsTo(int from, int target, int[] parents) {
    int at = from;
    // Those behind the target have no parent yet.
    while (at != TOP && at != target) {
      at = at < target ? parents[at] : TOP;
    }
    return at == target;
  }
}
