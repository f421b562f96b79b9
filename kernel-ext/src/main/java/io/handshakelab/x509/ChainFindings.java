package io.handshakelab.x509;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is wrong with a chain as a chain, in words. */
final class ChainFindings {
  private static final int MAX_EXTRAS = 5;

  private ChainFindings() {}

  static List<String> of(
      List<ParsedCertificate> sent, List<ParsedCertificate> path, TrustStore trust) {
    List<String> findings = new ArrayList<>();
    if (path.isEmpty()) {
      findings.add("no certificate was sent that can be read");
      return findings;
    }
    ParsedCertificate first = path.get(0);
    ParsedCertificate last = path.get(path.size() - 1);
    if (first.ca() && path.size() > 1) {
      findings.add(
          "the first certificate, " + first.subject() + ", is a certification authority's");
    }
    order(sent, path, findings);
    extras(sent, path, findings);
    for (int i = 1; i < path.size(); i++) {
      ParsedCertificate issuer = path.get(i);
      if (!issuer.ca() && !(issuer.version() == 1 && trust.contains(issuer.bytes()))) {
        findings.add(
            issuer.subject()
                + " issued a certificate but is no certification authority"
                + " (RFC 5280 §4.2.1.9)");
      }
    }
    if (trust.contains(last.bytes())) {
      return findings;
    }
    if (last.selfSigned()) {
      findings.add(
          path.size() == 1 && !last.ca()
              ? last.subject() + " is self-signed: nobody else vouches for it"
              : "the root " + last.subject() + " is not in the trust store");
    } else {
      findings.add(
          "the issuer of "
              + last.subject()
              + ", which is called "
              + last.issuer()
              + ", was not sent and is not in the trust store");
    }
    return findings;
  }

  private static void order(
      List<ParsedCertificate> sent, List<ParsedCertificate> path, List<String> findings) {
    List<Integer> order = path.stream().map(sent::indexOf).filter(i -> i >= 0).toList();
    boolean sorted = order.get(0) == 0;
    for (int i = 1; i < order.size(); i++) {
      sorted &= order.get(i) > order.get(i - 1);
    }
    if (!sorted) {
      String numbers =
          order.stream().map(i -> Integer.toString(i + 1)).collect(Collectors.joining(", "));
      findings.add(
          "sent in the wrong order: from the end user upwards they are numbers "
              + numbers
              + " (RFC 8446 §4.4.2, RFC 5246 §7.4.2)");
    }
  }

  private static void extras(
      List<ParsedCertificate> sent, List<ParsedCertificate> path, List<String> findings) {
    List<ParsedCertificate> extras = sent.stream().filter(c -> !path.contains(c)).toList();
    extras.stream()
        .limit(MAX_EXTRAS)
        .forEach(c -> findings.add(c.subject() + " was sent but is no part of the chain"));
    if (extras.size() > MAX_EXTRAS) {
      findings.add((extras.size() - MAX_EXTRAS) + " more were sent but are no part of the chain");
    }
  }
}
