package io.handshakelab.x509;

import java.util.List;

/**
 * Whether a server sent what it must: its own certificate first, then each issuer's, the root left
 * out or not (RFC 8446 §4.4.2). Clients put up with most of it, so only an omission fails.
 */
final class SentCheck {
  private SentCheck() {}

  static PathCheck of(CertificateChain chain) {
    List<ChainEntry> entries = chain.entries();
    ChainEntry top = entries.get(entries.size() - 1);
    boolean missing = !top.trusted() && !top.subject().equals(top.issuer());
    String reason =
        missing
            ? "the issuer of " + top.subject() + " is missing: " + top.issuer()
            : chain.findings().stream()
                .filter(SentCheck::isAboutSending)
                .findFirst()
                .map(finding -> "clients put up with it, but " + finding)
                .orElse("from the end user upwards, and nothing is missing");
    return new PathCheck(
        PathCheck.Kind.SENT,
        entries.get(0).subject(),
        !missing,
        reason,
        "RFC 8446 §4.4.2, RFC 5246 §7.4.2");
  }

  private static boolean isAboutSending(String finding) {
    return finding.startsWith("sent in the wrong order")
        || finding.endsWith("was sent but is no part of the chain")
        || finding.endsWith("was sent before");
  }
}
