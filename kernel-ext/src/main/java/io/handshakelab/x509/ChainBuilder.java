package io.handshakelab.x509;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the way from the end user to a root (RFC 4158 describes the art): by names and key
 * identifiers, what is trusted first, and never the same name with the same key twice, so that
 * cycles end. Graphs of cross-signed certificates can have more ways than atoms exist: the search
 * ends after a fixed number of steps with the best way so far.
 */
final class ChainBuilder {
  private static final int MAX_STEPS = 2000;
  private static final int MAX_LENGTH = 100;

  private final List<ParsedCertificate> sent;
  private final List<ParsedCertificate> candidates;
  private final TrustStore trust;
  private final Deque<ParsedCertificate> path = new ArrayDeque<>();
  private List<ParsedCertificate> best = List.of();
  private int bestRank = -1;
  private int steps;
  private long cost;

  /**
   * A search among these.
   *
   * @param sent the end user is one of them
   * @param candidates who else may be an issuer; those that were sent included
   */
  ChainBuilder(List<ParsedCertificate> sent, List<ParsedCertificate> candidates, TrustStore trust) {
    this.sent = sent;
    this.candidates = candidates;
    this.trust = trust;
  }

  /** The end user first; empty if nothing was sent. */
  List<ParsedCertificate> build() {
    if (!sent.isEmpty()) {
      path.add(first());
      search();
    }
    return best;
  }

  boolean exhausted() {
    return steps > MAX_STEPS;
  }

  /** The one that certified no other, preferably not a certification authority. */
  private ParsedCertificate first() {
    Set<ParsedCertificate> issuers = new LinkedHashSet<>();
    for (ParsedCertificate child : sent) {
      for (ParsedCertificate other : sent) {
        if (child.mayBeIssuedBy(other) && !other.mayBeIssuedBy(child)) {
          issuers.add(other);
        }
      }
    }
    List<ParsedCertificate> ends = sent.stream().filter(c -> !issuers.contains(c)).toList();
    return ends.stream()
        .filter(c -> !c.ca())
        .findFirst()
        .orElse(ends.isEmpty() ? sent.get(0) : ends.get(0));
  }

  /** Whether a trusted end was reached, so that the search is over. */
  private boolean search() {
    ParsedCertificate last = path.getLast();
    if (trust.contains(last.bytes())) {
      keep(2);
      return true;
    }
    if (last.selfSigned()) {
      keep(1);
      return false;
    }
    keep(0);
    if (path.size() >= MAX_LENGTH) {
      return false;
    }
    for (ParsedCertificate issuer : issuersOf(last)) {
      if (++steps > MAX_STEPS) {
        return false;
      }
      path.addLast(issuer);
      boolean found = search();
      path.removeLast();
      if (found) {
        return true;
      }
    }
    return false;
  }

  /** Remembers the way so far if it ends better than the best, or as well and further up. */
  private void keep(int rank) {
    if (rank > bestRank || (rank == bestRank && rank == 0 && path.size() > best.size())) {
      bestRank = rank;
      best = List.copyOf(path);
    }
  }

  private List<ParsedCertificate> issuersOf(ParsedCertificate child) {
    List<ParsedCertificate> found = new ArrayList<>(trust.bySubject(child.issuerKey()));
    found.addAll(candidates);
    found.removeIf(other -> !child.mayBeIssuedBy(other) || onPath(other));
    List<ParsedCertificate> unique = new ArrayList<>(new LinkedHashSet<>(found));
    return unique.size() > 1 ? signersFirst(child, unique) : unique;
  }

  /** Those that have signed it, then the others; as they are where asking would cost too much. */
  private List<ParsedCertificate> signersFirst(
      ParsedCertificate child, List<ParsedCertificate> issuers) {
    for (ParsedCertificate issuer : issuers) {
      cost += KeyLimits.costMicros(issuer.publicKey());
    }
    if (cost > KeyLimits.BUDGET_MICROS / 4) {
      return issuers;
    }
    List<ParsedCertificate> signers = new ArrayList<>();
    List<ParsedCertificate> others = new ArrayList<>();
    for (ParsedCertificate issuer : issuers) {
      (LibraryVerdict.of(child, issuer).ok() ? signers : others).add(issuer);
    }
    signers.addAll(others);
    return signers;
  }

  private boolean onPath(ParsedCertificate other) {
    return path.stream()
        .anyMatch(
            c ->
                c.subjectKey().equals(other.subjectKey())
                    && c.publicKey().equals(other.publicKey()));
  }
}
